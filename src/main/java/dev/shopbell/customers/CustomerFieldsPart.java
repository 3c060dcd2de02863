package dev.shopbell.customers;

import dev.shopbell.platform.web.Sight;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a customer has in the shop's own fields, by their keys. */
@Component
class CustomerFieldsPart implements CustomerPart {
  private final CustomFields fields;

  CustomerFieldsPart(CustomFields fields) {
    this.fields = fields;
  }

  @Override
  public String partName() {
    return "fields";
  }

  @Override
  public Map<String, Object> read(long customerId, Sight sight) {
    return fields.values(customerId);
  }
}
