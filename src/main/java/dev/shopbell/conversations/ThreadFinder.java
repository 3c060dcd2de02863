package dev.shopbell.conversations;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the conversation that an incoming message points to; whether it may join is not asked here.
 */
@Component
class ThreadFinder {
  private final IntakeStore store;
  private final MoveStore moves;
  private final Aftermath aftermath;

  ThreadFinder(IntakeStore store, MoveStore moves, Aftermath aftermath) {
    this.store = store;
    this.moves = moves;
    this.aftermath = aftermath;
  }

  /**
   * A conversation that the message points to.
   *
   * @param answered our own message that it points to, where it is one
   */
  record Found(Affected thread, boolean signed, @Nullable Long answered) {}

  @Nullable Found find(IntakeBatch batch, Incoming message, IntakeStore.@Nullable ExternalId own) {
    Long answered = null;
    Long named = null;
    Affected byReference = null;
    for (String reference : message.references()) {
      for (IntakeStore.Known known :
          batch.known.getOrDefault(
              new IntakeStore.ExternalId(message.brandId(), reference), List.of())) {
        Affected thread = batch.thread(known.conversationId());
        if (byReference == null && thread != null) {
          byReference = thread;
          named = known.messageId();
        }
        if (answered == null && known.direction() == Direction.outbound) {
          answered = known.messageId();
        }
      }
    }
    Affected signed = batch.thread(message.signedConversation());
    if (signed != null && signed.brandId == message.brandId()) {
      if (named != null
          && byReference != null
          && byReference != signed
          && moves.wentFrom(named, Objects.requireNonNull(message.signedConversation()))) {
        // The address is that of the conversation from which the message was split since.
        return new Found(byReference, true, answered);
      }
      boolean tells = answered == null && message.report() != null;
      return new Found(signed, true, tells ? aftermath.newestOwn(signed.id) : answered);
    }
    if (byReference != null) {
      return new Found(byReference, false, answered);
    }
    Long overtaken = own == null ? null : batch.awaited.get(own);
    Affected waiting = batch.thread(overtaken);
    if (waiting == null && !message.kind().wakes()) {
      // Whoever can guess to whom we write could say this: it is shown there, and no more.
      waiting =
          IntakeBatch.about(message).stream()
              .map(batch.writtenTo::get)
              .map(batch::thread)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
    }
    return waiting == null ? null : new Found(waiting, false, null);
  }

  IntakeStore.Standing standing(Found found, long customerId, Incoming message) {
    if (found.thread().customerId == customerId) {
      return IntakeStore.Standing.party;
    }
    String address = message.from().address();
    return address != null && found.thread().existed
        ? store.standing(found.thread().id, address, customerId)
        : IntakeStore.Standing.stranger;
  }
}
