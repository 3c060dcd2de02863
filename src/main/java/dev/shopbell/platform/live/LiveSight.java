package dev.shopbell.platform.live;

import dev.shopbell.platform.web.Caller;

/** A slot, filled by {@code conversations}: who may know of what happens at a conversation. */
public interface LiveSight {
  /** False also where there is no such conversation. Asked often, so answered from memory. */
  boolean sees(Caller caller, long conversationId);
}
