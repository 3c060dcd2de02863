package dev.shopbell.customers;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Fields")
class CustomFieldApi {
  private final CustomFields fields;

  CustomFieldApi(CustomFields fields) {
    this.fields = fields;
  }

  /**
   * @param kind never changes
   * @param name 1 to 60 characters
   * @param key made from the name where it is left out; never changes
   * @param description at most 300 characters
   * @param choices their names in their order, 1 to 100, for the kinds choice and choices
   */
  record NewCustomField(
      CustomField.Subject subject,
      CustomField.Kind kind,
      String name,
      @Nullable String key,
      @Nullable String description,
      @Nullable List<String> choices) {}

  /**
   * @param key null for a new one
   */
  @Schema(name = "FieldChoiceChange")
  record ChoiceChange(@Nullable String key, String name) {}

  /**
   * What is left out stays as it is.
   *
   * @param choices all in their order; those left out are archived
   */
  record CustomFieldChange(
      @Nullable String name,
      @Nullable String description,
      @Nullable List<ChoiceChange> choices,
      @Nullable Boolean archived) {}

  /** The ids of fields in their order. */
  record FieldOrder(List<Long> ids) {}

  /** Values by the keys of fields; null takes one away, and what is left out stays. */
  record FieldValues(Map<String, @Nullable Object> fields) {}

  /** The fields of conversations and of customers, each at most 50, in their order. */
  @GetMapping("/fields")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<CustomField> listFields() {
    return Page.whole(fields.all());
  }

  @PostMapping("/fields")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.FIELDS_MANAGE)
  CustomField createField(@RequestBody NewCustomField field, Caller caller) {
    return fields.create(
        caller.actor(),
        new CustomFields.NewField(
            field.subject(),
            field.kind(),
            field.name(),
            field.key(),
            field.description(),
            field.choices()),
        false);
  }

  @PatchMapping("/fields/{id}")
  @Allow(Permission.FIELDS_MANAGE)
  CustomField changeField(
      @PathVariable long id, @RequestBody CustomFieldChange change, Caller caller) {
    return fields.change(
        caller.actor(),
        id,
        new CustomFields.Change(
            change.name(),
            change.description(),
            change.choices() == null
                ? null
                : change.choices().stream()
                    .map(one -> new CustomFields.ChoiceChange(one.key(), one.name()))
                    .toList(),
            change.archived()));
  }

  @PutMapping("/fields/order")
  @Allow(Permission.FIELDS_MANAGE)
  Page<CustomField> arrangeFields(@RequestBody FieldOrder order, Caller caller) {
    return Page.whole(fields.arrange(caller.actor(), order.ids()));
  }

  /** Sets what a customer has in fields; the answer is all of it. */
  @PatchMapping("/customers/{id}/fields")
  @Allow(Permission.CUSTOMERS_CHANGE)
  FieldValues setCustomerFields(
      @PathVariable long id, @RequestBody FieldValues values, Caller caller) {
    return new FieldValues(
        new java.util.TreeMap<>(fields.set(caller.actor(), id, values.fields())));
  }
}
