package dev.shopbell.conversations;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What belongs to single agents, when messages go to another conversation: how far they have read,
 * what they follow, and what they had begun to write. A draft is found in the conversation that is
 * kept, and nothing of it is lost; the merged one keeps its own for the day on which that is
 * undone.
 */
@Component
class AgentsPart {
  private final JdbcClient jdbc;
  private final Drafts drafts;
  private final DraftStore store;
  private final ReadingStore readings;

  AgentsPart(JdbcClient jdbc, Drafts drafts, DraftStore store, ReadingStore readings) {
    this.jdbc = jdbc;
    this.drafts = drafts;
    this.store = store;
    this.readings = readings;
  }

  void carryReadings(long from, long to) {
    readings.carry(from, to);
  }

  /** Whoever follows the one that is merged follows the one that stands for it. */
  void carryFollowers(long from, long to, Instant at) {
    jdbc.sql(
            """
            insert into follower (conversation_id, agent_id, following, since)
            select :to, agent_id, true, :at from follower where conversation_id = :from and following
            on conflict do nothing
            """)
        .param("from", from)
        .param("to", to)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  void partFollowers(long id, Instant at) {
    jdbc.sql("delete from follower where conversation_id = ? and since = ?")
        .param(id)
        .param(at.atOffset(ZoneOffset.UTC))
        .update();
  }

  void beginReadings(long from, long to) {
    readings.begin(from, to);
  }

  /** Copies the drafts of one to those of the other, and says what that changed. */
  List<MoveState.DraftChange> joinDrafts(long from, long to) {
    List<MoveState.DraftChange> changed = new ArrayList<>();
    for (DraftStore.Place place : store.places(from)) {
      DraftStore.Place target = new DraftStore.Place(place.agentId(), to, place.kind());
      DraftStore.Content begun = DraftStore.Content.of(store.find(place).orElseThrow());
      Draft kept = store.find(target).orElse(null);
      DraftStore.Content joined =
          kept == null
              ? begun
              : DraftStore.Content.of(kept).with(begun.html(), begun.attachments());
      drafts.keep(target, joined, Drafts.Writing.on(kept));
      changed.add(
          new MoveState.DraftChange(
              place.agentId(), place.kind(), kept == null ? null : kept.html(), joined.html()));
    }
    return changed;
  }

  /** Takes the copies away again, where nobody has written on. */
  void partDrafts(long id, List<MoveState.DraftChange> changed) {
    for (MoveState.DraftChange change : changed) {
      DraftStore.Place place = new DraftStore.Place(change.agentId(), id, change.kind());
      Draft now = store.find(place).orElse(null);
      if (now == null || !now.html().equals(change.after())) {
        continue;
      }
      if (change.before() == null) {
        drafts.discard(place);
      } else {
        drafts.keep(
            place, DraftStore.Content.of(now).withHtml(change.before()), Drafts.Writing.on(now));
      }
    }
  }
}
