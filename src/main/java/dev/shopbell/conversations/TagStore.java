package dev.shopbell.conversations;

import dev.shopbell.platform.web.Sight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tags, and what bears them. */
@Component
class TagStore {
  private static final String COLUMNS = "id, name, color, description, archived_at, merged_into";

  private final JdbcClient jdbc;

  TagStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Stored(TagEntry entry, @Nullable Long mergedInto) {}

  /**
   * @param conversations at most {@link Tags#MOST_COUNTED}
   */
  record Uses(long tagId, long conversations) {}

  private static Stored read(ResultSet row, int n) throws SQLException {
    return new Stored(
        new TagEntry(
            row.getLong("id"),
            row.getString("name"),
            row.getString("color"),
            row.getString("description"),
            row.getTimestamp("archived_at") != null),
        row.getObject("merged_into", Long.class));
  }

  /** Those that stand for themselves, by name. */
  List<TagEntry> standing() {
    return jdbc
        .sql("select " + COLUMNS + " from tag where merged_into is null order by lower(name), id")
        .query(TagStore::read)
        .list()
        .stream()
        .map(Stored::entry)
        .toList();
  }

  /** What stands for each id that was ever a tag. */
  Map<Long, Tag> byId() {
    Map<Long, Tag> byId = new HashMap<>();
    List<Stored> all =
        jdbc.sql("select " + COLUMNS + " from tag order by merged_into nulls first")
            .query(TagStore::read)
            .list();
    for (Stored one : all) {
      Long into = one.mergedInto();
      byId.put(
          one.entry().id(),
          into == null ? one.entry().tag() : Objects.requireNonNull(byId.get(into)));
    }
    return byId;
  }

  /** As each was called, also those that have been merged. */
  Map<Long, String> names() {
    Map<Long, String> names = new HashMap<>();
    jdbc.sql("select id, name from tag")
        .query(row -> {
          names.put(row.getLong(1), row.getString(2));
        });
    return names;
  }

  /** The tag of that name, or the one that it was merged into. */
  Optional<TagEntry> find(String name) {
    return jdbc.sql(
            """
            select %s from tag where id = (
              select coalesce(merged_into, id) from tag where lower(name) = lower(?)
              order by merged_into nulls first, id desc limit 1)
            """
                .formatted(COLUMNS))
        .param(name)
        .query(TagStore::read)
        .optional()
        .map(Stored::entry);
  }

  Optional<Stored> find(long id) {
    return jdbc.sql("select " + COLUMNS + " from tag where id = ?")
        .param(id)
        .query(TagStore::read)
        .optional();
  }

  /** In the order of their ids; those that are gone are missing. */
  Map<Long, Stored> lock(Collection<Long> ids) {
    Map<Long, Stored> locked = new HashMap<>();
    jdbc.sql("select " + COLUMNS + " from tag where id = any(?) order by id for update")
        .param(ids.toArray(Long[]::new))
        .query(TagStore::read)
        .list()
        .forEach(one -> locked.put(one.entry().id(), one));
    return locked;
  }

  /**
   * What stands for these now, without those that are gone; none of them can be merged or removed
   * until the transaction ends.
   */
  Set<Long> current(Collection<Long> ids) {
    Map<Long, Long> found = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbc.sql(
              "select id, coalesce(merged_into, id) from tag where id = any(?) order by id for share")
          .param(ids.toArray(Long[]::new))
          .query(row -> {
            found.put(row.getLong(1), row.getLong(2));
          });
    }
    Set<Long> current = new LinkedHashSet<>();
    ids.stream().map(found::get).filter(Objects::nonNull).forEach(current::add);
    return current;
  }

  int count() {
    return jdbc.sql("select count(*) from tag where merged_into is null")
        .query(Integer.class)
        .single();
  }

  /** Empty where somebody else has just made it. */
  Optional<Long> insert(String name, String color, String description, Instant now) {
    return jdbc.sql(
            """
            insert into tag (name, color, description, created_at) values (?, ?, ?, ?)
            on conflict do nothing returning id
            """)
        .param(name)
        .param(color)
        .param(description)
        .param(now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .optional();
  }

  void update(TagEntry tag, Instant now) {
    jdbc.sql(
            """
            update tag set name = :name, color = :color, description = :description,
              archived_at = case when :archived then coalesce(archived_at, :now) end
            where id = :id
            """)
        .param("id", tag.id())
        .param("name", tag.name())
        .param("color", tag.color())
        .param("description", tag.description())
        .param("archived", tag.archived())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** What had been merged into the one leads to the other as well. */
  void point(long id, long into) {
    jdbc.sql("update tag set merged_into = :into where id = :id or merged_into = :id")
        .param("into", into)
        .param("id", id)
        .update();
  }

  /**
   * Gives conversations of one tag the other.
   *
   * @return how many; those that somebody changes at this moment are left for later
   */
  int carry(long from, long into, int limit) {
    return jdbc.sql(
            """
            update conversation set tag_ids = case when tag_ids @> array[:into]::bigint[]
              then array_remove(tag_ids, :from) else array_replace(tag_ids, :from, :into) end
            where id in (
              select id from conversation where tag_ids <> '{}' and tag_ids && array[:from]::bigint[]
              limit :limit for no key update skip locked)
            """)
        .param("from", from)
        .param("into", into)
        .param("limit", limit)
        .update();
  }

  boolean isBorne(long id) {
    return jdbc.sql(
            """
            select exists (select from conversation where tag_ids <> '{}' and tag_ids && array[:id]::bigint[])
            """)
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** With the names that lead to it. */
  void delete(long id) {
    jdbc.sql("delete from tag where id = :id or merged_into = :id").param("id", id).update();
  }

  /** How many conversations that somebody sees bear each tag. */
  List<Uses> uses(Sight sight, int most) {
    Seen seen = Seen.by(sight);
    return jdbc.sql(
            """
            select tag.id as tag_id, (select count(*) from (
                select from conversation
                where tag_ids <> '{}' and tag_ids && array[tag.id] and merged_into is null %s limit :most) as one)
              as conversations
            from tag where tag.merged_into is null order by tag.id
            """
                .formatted(seen.and()))
        .params(seen.parameters())
        .param("most", most)
        .query(Uses.class)
        .list();
  }
}
