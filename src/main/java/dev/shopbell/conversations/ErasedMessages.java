package dev.shopbell.conversations;

import java.time.Instant;
import java.util.Collection;

/**
 * A slot: what a channel keeps of messages that are erased. Called in the transaction that erases
 * them, while they are still there.
 */
public interface ErasedMessages {
  /**
   * @param until what was received after that is somebody else's matter: it is taken in anew
   */
  void forget(Collection<Long> messageIds, Instant until);
}
