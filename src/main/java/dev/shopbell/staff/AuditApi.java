package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.AuditTrail;
import dev.shopbell.platform.facts.FactPosition;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Who did what and when: the facts, with the names of the agents. Of what the caller sees; of
 * conversations only where they see all of a brand's.
 */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Audit")
class AuditApi {
  private static final int MOST_NAMES = 100;
  private static final int MOST_EXPORTED = 10_000;

  /** So long may one answer look through the log, before it says how far it came. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration PATIENCE_OF_EXPORT = Duration.ofMinutes(2);

  private final AuditTrail trail;
  private final Agents agents;

  AuditApi(AuditTrail trail, Agents agents) {
    this.trail = trail;
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

  /**
   * A page may hold less than was asked for, or nothing, and yet have a next one: it says how far
   * back it has looked within two seconds.
   *
   * @param by the id of the agent who did it
   * @param about the id of the agent whom it concerns
   * @param name of what happened, such as SignedIn; several may be named, 100 at most
   * @param from the first moment
   * @param to the moment after the last
   */
  @GetMapping
  @Allow(Permission.AUDIT_READ)
  Page<Entry> listAudit(
      @RequestParam(required = false) @Nullable Long by,
      @RequestParam(required = false) @Nullable Long about,
      @RequestParam(required = false) @Nullable List<String> name,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    int most = Page.limit(limit);
    AuditTrail.Looked looked =
        trail.look(
            position(Cursor.parse(cursor, 1)),
            most + 1,
            wanted(caller.sight(), by, about, name, from, to),
            PATIENCE);
    Page<Entry> page = Page.of(entries(looked.found()), most, entry -> Cursor.of(entry.id()));
    return page.next() == null && looked.reached() != null
        ? new Page<>(page.items(), Cursor.of(looked.reached()).toString())
        : page;
  }

  /** The newest 10,000 of the same as CSV, times in UTC. */
  @GetMapping(path = "/export", produces = "text/csv")
  @Allow(Permission.AUDIT_READ)
  ResponseEntity<byte[]> exportAudit(
      @RequestParam(required = false) @Nullable Long by,
      @RequestParam(required = false) @Nullable Long about,
      @RequestParam(required = false) @Nullable List<String> name,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      Caller caller) {
    AuditTrail.Looked looked =
        trail.look(
            null,
            MOST_EXPORTED,
            wanted(caller.sight(), by, about, name, from, to),
            PATIENCE_OF_EXPORT);
    CsvText csv =
        new CsvText("at", "actor", "actorId", "actorName", "name", "conversationId", "detail");
    for (Entry entry : entries(looked.found())) {
      csv.row(
          entry.at(),
          entry.actor().kind(),
          entry.actor().id(),
          entry.actor().name(),
          entry.name(),
          entry.conversationId(),
          entry.detail().entrySet().stream()
              .map(field -> field.getKey() + ": " + field.getValue())
              .sorted()
              .collect(Collectors.joining("; ")));
    }
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("audit.csv").build().toString())
        .body(csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static AuditTrail.Wanted wanted(
      Sight sight,
      @Nullable Long by,
      @Nullable Long about,
      @Nullable List<String> names,
      @Nullable Instant from,
      @Nullable Instant to) {
    if (names != null && names.size() > MOST_NAMES) {
      throw Problem.invalid("name", "At most " + MOST_NAMES + " names.");
    }
    return new AuditTrail.Wanted(
        sight.brandIds(),
        sight.conversations() == Sight.Conversations.all,
        by,
        about,
        Objects.requireNonNullElse(names, List.of()),
        from,
        to);
  }

  private static @Nullable FactPosition position(@Nullable Cursor cursor) {
    try {
      return cursor == null ? null : FactPosition.parse(cursor.parts().getFirst());
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("cursor", "The cursor is not one that this list has given.");
    }
  }

  private List<Entry> entries(List<StoredFact> facts) {
    Map<Long, String> names =
        agents.names(
            facts.stream()
                .filter(fact -> fact.actor().kind() == Actor.Kind.agent)
                .map(fact -> fact.actor().id())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
    return facts.stream().map(fact -> entry(fact, names)).toList();
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
