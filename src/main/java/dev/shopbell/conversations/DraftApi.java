package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Each agent's own drafts; nobody else sees them. */
@RestController
@RequestMapping("/api/v1")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Drafts")
class DraftApi {
  private final Drafts drafts;
  private final DraftStore store;
  private final DraftList list;

  DraftApi(Drafts drafts, DraftStore store, DraftList list) {
    this.drafts = drafts;
    this.store = store;
    this.list = list;
  }

  /**
   * @param html at most 500,000 characters
   * @param attachments ids of own uploads, 50 at most
   * @param forwarded the one message that is forwarded; all where it is left out
   * @param brandId who writes, for a conversation that is still to begin
   * @param device the name that the sending device gives itself, at most 64 characters
   * @param base the {@code updatedAt} of what the device wrote on; left out where it knew of no
   *     draft. Where the draft has changed since by another device, the newer text stands and the
   *     other one is kept in {@code superseded}
   * @param ageMs how long ago it was typed, in milliseconds; 0 where it is left out
   * @param settled drops what is kept in {@code superseded}
   */
  record NewDraft(
      String html,
      @Nullable String subject,
      Draft.@Nullable People people,
      @Nullable List<Long> attachments,
      @Nullable Long forwarded,
      @Nullable Long brandId,
      @Nullable String device,
      @Nullable Instant base,
      @Nullable Long ageMs,
      @Nullable Boolean settled) {
    DraftStore.Content content() {
      return new DraftStore.Content(
          html, subject, people, attachments == null ? List.of() : attachments, forwarded, brandId);
    }

    Drafts.Writing writing() {
      return new Drafts.Writing(
          device, base, Duration.ofMillis(ageMs == null ? 0 : ageMs), Boolean.TRUE.equals(settled));
    }
  }

  /**
   * @param draft as it stands now; null where there is nothing in it
   */
  record KeptDraft(@Nullable Draft draft) {}

  /** Own drafts, the newest first. */
  @GetMapping("/drafts")
  @Allow(Permission.CONVERSATIONS_REPLY)
  Page<DraftRow> listDrafts(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    return list.of(caller.sight(), Page.limit(limit), Cursor.parse(cursor, 2));
  }

  /** What is written to begin a conversation. */
  @GetMapping("/drafts/start")
  @Allow(Permission.CONVERSATIONS_REPLY)
  KeptDraft readStartDraft(Caller caller) {
    return new KeptDraft(store.find(start(caller)).orElse(null));
  }

  @PutMapping("/drafts/start")
  @Allow(Permission.CONVERSATIONS_REPLY)
  KeptDraft keepStartDraft(@RequestBody NewDraft draft, Caller caller) {
    return new KeptDraft(drafts.keep(start(caller), draft.content(), draft.writing()));
  }

  @DeleteMapping("/drafts/start")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_REPLY)
  void discardStartDraft(Caller caller) {
    drafts.discard(start(caller));
  }

  /**
   * @param kind reply, note or forward
   */
  @PutMapping("/conversations/{id}/drafts/{kind}")
  @Allow(Permission.CONVERSATIONS_REPLY)
  KeptDraft keepDraft(
      @PathVariable long id,
      @PathVariable DraftKind kind,
      @RequestBody NewDraft draft,
      Caller caller) {
    return new KeptDraft(drafts.keep(place(id, kind, caller), draft.content(), draft.writing()));
  }

  @DeleteMapping("/conversations/{id}/drafts/{kind}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_REPLY)
  void discardDraft(@PathVariable long id, @PathVariable DraftKind kind, Caller caller) {
    drafts.discard(place(id, kind, caller));
  }

  private static DraftStore.Place start(Caller caller) {
    return new DraftStore.Place(caller.agentId(), null, DraftKind.start);
  }

  private static DraftStore.Place place(long id, DraftKind kind, Caller caller) {
    if (kind == DraftKind.start) {
      throw Problem.invalid("kind", "A conversation has drafts of a reply, a note or a forward.");
    }
    return new DraftStore.Place(caller.agentId(), id, kind);
  }
}
