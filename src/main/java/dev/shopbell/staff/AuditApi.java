package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Who did what and when: the facts, with the names of the agents. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Audit")
class AuditApi {
  private final Facts facts;
  private final Agents agents;

  AuditApi(Facts facts, Agents agents) {
    this.facts = facts;
    this.agents = agents;
  }

  @Schema(name = "AuditActor")
  record Who(Actor.Kind kind, @Nullable Long id, @Nullable String name) {}

  /**
   * @param id its place in the log
   * @param detail ids and names of what changed
   */
  @Schema(name = "AuditEntry")
  record Entry(
      String id,
      String name,
      Instant at,
      Who actor,
      @Nullable Long conversationId,
      Map<String, Object> detail) {}

  /** Of what the caller sees; of conversations only where they see all of a brand's. */
  @GetMapping
  @Allow(Permission.AUDIT_READ)
  Page<Entry> listAudit(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    int most = Page.limit(limit);
    Sight sight = caller.sight();
    List<StoredFact> read =
        facts.before(
            position(Cursor.parse(cursor, 1)),
            most + 1,
            sight.brandIds(),
            sight.conversations() == Sight.Conversations.all);
    Map<Long, String> names =
        agents.names(
            read.stream()
                .filter(fact -> fact.actor().kind() == Actor.Kind.agent)
                .map(fact -> fact.actor().id())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
    return Page.of(
        read.stream().map(fact -> entry(fact, names)).toList(),
        most,
        entry -> Cursor.of(entry.id()));
  }

  private static @Nullable FactPosition position(@Nullable Cursor cursor) {
    try {
      return cursor == null ? null : FactPosition.parse(cursor.parts().getFirst());
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("cursor", "The cursor is not one that this list has given.");
    }
  }

  private static Entry entry(StoredFact fact, Map<Long, String> names) {
    Actor actor = fact.actor();
    return new Entry(
        fact.position().toString(),
        fact.name(),
        fact.at(),
        new Who(
            actor.kind(),
            actor.id(),
            actor.kind() == Actor.Kind.agent ? names.get(actor.id()) : null),
        fact.conversationId(),
        fact.data().properties().stream()
            .filter(field -> !field.getValue().isNull())
            .collect(Collectors.toMap(Map.Entry::getKey, field -> plain(field.getValue()))));
  }

  private static Object plain(JsonNode value) {
    return value.isNumber()
        ? (Object) value.asLong()
        : value.isString() ? value.asString() : value.toString();
  }
}
