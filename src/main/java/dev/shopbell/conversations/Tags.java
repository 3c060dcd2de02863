package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What conversations are marked with, by name. */
@Service
public class Tags {
  /** Each can be told from the others, and its words be read on light and on dark. */
  static final List<String> COLORS =
      List.of(
          "#475569", "#b91c1c", "#c2410c", "#a16207", "#15803d", "#0e7490", "#1d4ed8", "#4f46e5",
          "#a21caf", "#be185d");

  static final int MOST = 1_000;
  static final int MOST_COUNTED = 10_000;
  private static final int MOST_OF_ONE = 50;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_DESCRIPTION = 300;

  private final TagStore store;
  private final ViewStore views;
  private final Changes changes;
  private final CarryTag carrying;
  private final Tasks tasks;
  private final Facts facts;
  private final Clock clock;

  Tags(
      TagStore store,
      ViewStore views,
      Changes changes,
      CarryTag carrying,
      Tasks tasks,
      Facts facts,
      Clock clock) {
    this.store = store;
    this.views = views;
    this.changes = changes;
    this.carrying = carrying;
    this.tasks = tasks;
    this.facts = facts;
    this.clock = clock;
  }

  /** What is to be kept of a tag; what is null stays, or is picked. */
  record Content(
      @Nullable String name,
      @Nullable String color,
      @Nullable String description,
      @Nullable Boolean archived) {}

  /** Sets the whole set of a conversation's tags; names that are new become tags. */
  @Transactional
  public void set(Actor actor, long conversationId, List<String> names) {
    if (names.size() > MOST_OF_ONE) {
      throw Problem.invalid("tags", "A conversation has at most " + MOST_OF_ONE + " tags.");
    }
    Set<TagEntry> wanted = new LinkedHashSet<>();
    names.forEach(name -> wanted.add(entry(actor, name, null)));
    ConversationStore.Current conversation = changes.lock(conversationId);
    wanted.stream()
        .filter(tag -> !conversation.tagIds().contains(tag.id()))
        .forEach(tag -> offered(tag, "tags"));
    changes.setTags(
        actor, conversation, new LinkedHashSet<>(wanted.stream().map(TagEntry::id).toList()));
  }

  /**
   * The tag of that name, made if there is none. The name of one that was merged means the other.
   *
   * @param color of {@link #COLORS}; picked where it is null
   */
  @Transactional
  public Tag named(Actor actor, String name, @Nullable String color) {
    return entry(actor, name, color).tag();
  }

  /** The same for one that is to be put on more conversations. */
  @Transactional
  Tag toAdd(Actor actor, String name) {
    return offered(entry(actor, name, null), "addTags").tag();
  }

  private static TagEntry offered(TagEntry tag, String field) {
    if (tag.archived()) {
      throw Problem.invalid(
          field, "The tag “" + tag.name() + "” is archived. Bring it back, or take another.");
    }
    return tag;
  }

  @Transactional
  TagEntry create(Actor actor, Content content) {
    TagEntry tag = entry(actor, Objects.requireNonNullElse(content.name(), ""), content.color());
    return content.description() == null || content.description().isBlank()
        ? tag
        : change(actor, tag.id(), new Content(null, null, content.description(), null));
  }

  private TagEntry entry(Actor actor, String name, @Nullable String color) {
    String cleaned = cleanName(name);
    String checked = color == null ? picked(cleaned) : checkedColor(color);
    TagEntry known = store.find(cleaned).orElse(null);
    if (known != null) {
      return known;
    }
    if (store.count() >= MOST) {
      throw Problem.conflict("There are at most " + MOST + " tags. Merge or remove some first.");
    }
    store
        .insert(cleaned, checked, "", clock.instant())
        .ifPresent(id -> facts.append(actor, new TagCreated(id)));
    return store.find(cleaned).orElseThrow();
  }

  /**
   * @throws Problem if there is none of that id, or another one has the name
   */
  @Transactional
  TagEntry change(Actor actor, long id, Content change) {
    TagEntry tag = standing(store.lock(List.of(id)), id);
    String name = change.name() == null ? tag.name() : cleanName(change.name());
    String color = change.color() == null ? tag.color() : checkedColor(change.color());
    String description =
        change.description() == null ? tag.description() : cleanDescription(change.description());
    boolean archived = change.archived() == null ? tag.archived() : change.archived();
    TagEntry changed = new TagEntry(id, name, color, description, archived);
    if (!changed.equals(tag)) {
      try {
        store.update(changed, clock.instant());
      } catch (DuplicateKeyException e) {
        throw Problem.conflict("name", "There is a tag of that name: merge this one into it.");
      }
      facts.append(actor, new TagChanged(id));
    }
    return changed;
  }

  /**
   * Merges a tag into another: conversations, saved views and changes that wait follow. Where many
   * conversations bear it, the last follow within seconds. Asked again, it is the same.
   *
   * @return the one that is left
   * @throws Problem if one of them does not exist, or the first was merged into a third
   */
  @Transactional
  TagEntry merge(Actor actor, long id, long intoId) {
    if (id == intoId) {
      throw Problem.invalid("intoId", "Name another tag.");
    }
    Map<Long, TagStore.Stored> locked = store.lock(List.of(id, intoId));
    TagStore.Stored tag = locked.get(id);
    TagEntry into = standing(locked, intoId);
    if (tag == null) {
      throw none(id);
    }
    if (Objects.equals(tag.mergedInto(), intoId)) {
      return into;
    }
    standing(locked, id);
    store.point(id, intoId);
    views.replaceTag(id, intoId);
    carrying.first(id, intoId);
    tasks.schedule(CarryTag.class, id, clock.instant());
    facts.append(actor, new TagsMerged(id, intoId));
    return into;
  }

  /**
   * Removes a tag for good.
   *
   * @throws Problem if a conversation bears it or a view asks for it
   */
  @Transactional
  void remove(Actor actor, long id) {
    TagEntry tag = standing(store.lock(List.of(id)), id);
    if (store.isBorne(id)) {
      throw Problem.conflict(
          "Conversations bear the tag “" + tag.name() + "”. Archive it, or merge it into another.");
    }
    if (views.namesTag(id)) {
      throw Problem.conflict(
          "A saved view asks for the tag “" + tag.name() + "”. Archive it, or merge it.");
    }
    store.delete(id);
    facts.append(actor, new TagRemoved(id));
  }

  private static TagEntry standing(Map<Long, TagStore.Stored> locked, long id) {
    TagStore.Stored tag = locked.get(id);
    if (tag == null) {
      throw none(id);
    }
    if (tag.mergedInto() != null) {
      throw Problem.conflict(
          "The tag “" + tag.entry().name() + "” has been merged into another already.");
    }
    return tag.entry();
  }

  private static Problem none(long id) {
    return Problem.notFound("There is no tag " + id + ".");
  }

  private static String cleanName(String name) {
    String cleaned = name.strip();
    if (cleaned.isEmpty()
        || cleaned.length() > LONGEST_NAME
        || cleaned.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid("tags", "A tag has 1 to " + LONGEST_NAME + " characters on one line.");
    }
    return cleaned;
  }

  private static String cleanDescription(String description) {
    String cleaned = description.strip();
    if (cleaned.length() > LONGEST_DESCRIPTION
        || cleaned.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(
          "description",
          "A description has at most " + LONGEST_DESCRIPTION + " characters on one line.");
    }
    return cleaned;
  }

  private static String checkedColor(String color) {
    String lower = color.strip().toLowerCase(Locale.ROOT);
    if (!COLORS.contains(lower)) {
      throw Problem.invalid("color", "A colour is one of " + String.join(", ", COLORS) + ".");
    }
    return lower;
  }

  /** The same name is given the same colour. */
  private static String picked(String name) {
    return COLORS.get(Math.floorMod(name.toLowerCase(Locale.ROOT).hashCode(), COLORS.size()));
  }
}
