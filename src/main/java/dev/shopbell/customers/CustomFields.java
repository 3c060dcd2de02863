package dev.shopbell.customers;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Moved;
import dev.shopbell.platform.web.Problem;
import java.text.Normalizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Fields that the shop adds to its customers and conversations. Which there are stands here for
 * both; the values of a conversation are kept by its own room.
 */
@Service
public class CustomFields {
  static final int MOST_CHOICES = 100;
  private static final int MOST = 50;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_KEY = 40;
  private static final int LONGEST_DESCRIPTION = 300;

  /** As a condition on a yes or no field is written. */
  private static final Set<String> RESERVED = Set.of("yes", "no");

  private final CustomFieldStore store;
  private final MergeStore merges;
  private final Facts facts;
  private final Clock clock;

  CustomFields(CustomFieldStore store, MergeStore merges, Facts facts, Clock clock) {
    this.store = store;
    this.merges = merges;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * @param key made from the name where it is null
   * @param choices their names, in their order
   */
  public record NewField(
      CustomField.Subject subject,
      CustomField.Kind kind,
      String name,
      @Nullable String key,
      @Nullable String description,
      @Nullable List<String> choices) {}

  /** A choice without a key is new. */
  record ChoiceChange(@Nullable String key, String name) {}

  /**
   * What is null stays.
   *
   * @param choices all, in their order; those left out are archived
   */
  record Change(
      @Nullable String name,
      @Nullable String description,
      @Nullable List<ChoiceChange> choices,
      @Nullable Boolean archived) {}

  /** In their order. */
  public List<CustomField> all() {
    return store.all();
  }

  @Transactional
  public CustomField create(Actor actor, NewField wanted, boolean demo) {
    List<CustomField> there =
        store.all().stream().filter(field -> field.subject() == wanted.subject()).toList();
    if (there.size() >= MOST) {
      throw Problem.conflict("There are at most " + MOST + " fields, archived ones included.");
    }
    String name = cleanName("name", wanted.name());
    Set<String> keys = new java.util.HashSet<>();
    there.forEach(field -> keys.add(field.key()));
    String key = wanted.key() == null ? key(name, keys::contains) : checkedKey(wanted.key());
    if (keys.contains(key)) {
      throw Problem.conflict("key", "There is a field of the key “" + key + "” already.");
    }
    List<CustomField.Choice> choices = new ArrayList<>();
    for (String choice : wanted.choices() == null ? List.<String>of() : wanted.choices()) {
      choices.add(newChoice(choice, choices));
    }
    CustomField field =
        new CustomField(
            0,
            wanted.subject(),
            key,
            name,
            cleanDescription(wanted.description()),
            wanted.kind(),
            checkedChoices(wanted.kind(), choices),
            false);
    long id = store.insert(field, demo, clock.instant());
    facts.append(actor, new CustomFieldSaved(id));
    return get(id);
  }

  private CustomField get(long id) {
    return store.lock(id).orElseThrow(() -> Problem.notFound("There is no field " + id + "."));
  }

  @Transactional
  CustomField change(Actor actor, long id, Change change) {
    CustomField field = get(id);
    CustomField changed =
        new CustomField(
            id,
            field.subject(),
            field.key(),
            change.name() == null ? field.name() : cleanName("name", change.name()),
            change.description() == null
                ? field.description()
                : cleanDescription(change.description()),
            field.kind(),
            change.choices() == null
                ? field.choices()
                : checkedChoices(field.kind(), changed(field, change.choices())),
            change.archived() == null ? field.archived() : change.archived());
    if (!changed.equals(field)) {
      store.update(changed, clock.instant());
      facts.append(actor, new CustomFieldSaved(id));
    }
    return changed;
  }

  private static List<CustomField.Choice> changed(CustomField field, List<ChoiceChange> wanted) {
    Map<String, CustomField.Choice> had = new LinkedHashMap<>();
    field.choices().forEach(choice -> had.put(choice.key(), choice));
    List<CustomField.Choice> taken = new ArrayList<>(field.choices());
    List<CustomField.Choice> choices = new ArrayList<>();
    for (ChoiceChange one : wanted) {
      if (one.key() == null) {
        CustomField.Choice made = newChoice(one.name(), taken);
        taken.add(made);
        choices.add(made);
      } else if (had.remove(one.key()) != null) {
        choices.add(new CustomField.Choice(one.key(), cleanName("choices", one.name()), false));
      } else {
        throw Problem.invalid("choices", "There is no choice “" + one.key() + "”, or it is twice.");
      }
    }
    had.values()
        .forEach(gone -> choices.add(new CustomField.Choice(gone.key(), gone.name(), true)));
    return choices;
  }

  private static CustomField.Choice newChoice(String name, List<CustomField.Choice> taken) {
    String cleaned = cleanName("choices", name);
    return new CustomField.Choice(
        key(
            cleaned,
            key -> RESERVED.contains(key) || taken.stream().anyMatch(one -> one.key().equals(key))),
        cleaned,
        false);
  }

  private static List<CustomField.Choice> checkedChoices(
      CustomField.Kind kind, List<CustomField.Choice> choices) {
    boolean chosen = kind == CustomField.Kind.choice || kind == CustomField.Kind.choices;
    if (chosen ? choices.isEmpty() : !choices.isEmpty()) {
      throw Problem.invalid(
          "choices", chosen ? "Say what there is to choose." : "This kind has no choices.");
    }
    if (choices.size() > MOST_CHOICES) {
      throw Problem.invalid(
          "choices", "There are at most " + MOST_CHOICES + " choices, archived ones included.");
    }
    List<String> names =
        choices.stream()
            .filter(choice -> !choice.archived())
            .map(choice -> choice.name().toLowerCase(Locale.ROOT))
            .toList();
    if (Set.copyOf(names).size() < names.size()) {
      throw Problem.invalid("choices", "Two choices have the same name.");
    }
    return List.copyOf(choices);
  }

  @Transactional
  List<CustomField> arrange(Actor actor, List<Long> ids) {
    if (ids.size() > 2 * MOST) {
      throw Problem.invalid("ids", "There are at most " + 2 * MOST + " fields.");
    }
    store.arrange(ids);
    store.all().stream()
        .filter(field -> ids.contains(field.id()))
        .findFirst()
        .ifPresent(field -> facts.append(actor, new CustomFieldSaved(field.id())));
    return store.all();
  }

  /** Removes the fields of the demo shop; what real customers have in them shows no more. */
  @Transactional
  public void removeDemo() {
    store.removeDemo();
  }

  Map<String, Object> values(long customerId) {
    return store.values(customerId);
  }

  /** Sets values of a customer by their keys; null takes one away, the others stay. */
  @Transactional
  public Map<String, Object> set(
      Actor actor, long customerId, Map<String, @Nullable Object> given) {
    MergeStore.Locked customer =
        Objects.requireNonNullElseGet(
            merges.lock(List.of(customerId)).get(customerId),
            () -> {
              throw Problem.notFound("There is no customer " + customerId + ".");
            });
    if (customer.mergedInto() != null) {
      throw new Moved("customers", customerId, customer.mergedInto());
    }
    Map<String, Object> before = store.values(customerId);
    Map<String, Object> after = merged(CustomField.Subject.customer, before, given);
    List<String> changed = differing(before, after);
    if (!changed.isEmpty()) {
      store.setValues(customerId, after);
      facts.append(actor, new CustomerFieldsChanged(customer.brandId(), customerId, changed));
    }
    return after;
  }

  /**
   * Values with those given laid over them.
   *
   * @param given by key; null takes a value away
   * @throws Problem if there is no such field, it is archived, or a value is not of its kind
   */
  public Map<String, Object> merged(
      CustomField.Subject subject,
      Map<String, Object> before,
      Map<String, @Nullable Object> given) {
    Map<String, CustomField> fields = new HashMap<>();
    store.all().stream()
        .filter(field -> field.subject() == subject)
        .forEach(field -> fields.put(field.key(), field));
    Map<String, Object> after = new TreeMap<>(before);
    given.forEach((key, value) -> {
      CustomField field = fields.get(key);
      if (field == null) {
        throw Problem.invalid(
            "fields", "There is no field “" + cut(key) + "” of a " + subject + ".");
      }
      if (field.archived()) {
        throw Problem.invalid("fields." + key, "“" + field.name() + "” is archived.");
      }
      Object checked = FieldValue.checked(field, value, before.get(key));
      if (checked == null) {
        after.remove(key);
      } else {
        after.put(key, checked);
      }
    });
    return after;
  }

  /** The keys whose values are not the same, numbers by their value. */
  public static List<String> differing(Map<String, Object> before, Map<String, Object> after) {
    Set<String> keys = new java.util.TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(plain(before.get(key)), plain(after.get(key))))
        .toList();
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Number number
        ? new java.math.BigDecimal(number.toString()).stripTrailingZeros()
        : value;
  }

  private static String cut(String key) {
    return key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key;
  }

  private static String cleanName(String field, String name) {
    String cleaned = name.strip();
    if (cleaned.isEmpty()
        || cleaned.length() > LONGEST_NAME
        || cleaned.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(field, "A name has 1 to " + LONGEST_NAME + " characters on one line.");
    }
    return cleaned;
  }

  private static String cleanDescription(@Nullable String description) {
    String cleaned = description == null ? "" : description.strip();
    if (cleaned.length() > LONGEST_DESCRIPTION
        || cleaned.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(
          "description",
          "A description has at most " + LONGEST_DESCRIPTION + " characters on one line.");
    }
    return cleaned;
  }

  private static String checkedKey(String key) {
    if (!isKey(key)) {
      throw Problem.invalid(
          "key",
          "A key has 1 to 40 characters: a to z, then also digits and _, such as order_number.");
    }
    return key;
  }

  /** Whether something could be the key of a field. */
  public static boolean isKey(String text) {
    return text.matches("[a-z][a-z0-9_]{0,39}");
  }

  private static String key(String name, Predicate<String> taken) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    String begun = plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "f_" + plain : plain;
    String base =
        begun.substring(0, Math.min(begun.length(), LONGEST_KEY - 4)).replaceAll("_+$", "");
    String key = base;
    for (int n = 2; taken.test(key); n++) {
      key = base + "_" + n;
    }
    return key;
  }
}
