package dev.shopbell.platform.live;

import org.jspecify.annotations.Nullable;

/**
 * Where one open desk says that its agent is.
 *
 * @param desk names the connection, unique among all nodes
 * @param idle nobody has touched it for a while
 * @param conversationId null where none is looked at
 */
record Whereabouts(
    String desk, long agentId, boolean idle, @Nullable Long conversationId, Doing doing) {
  Whereabouts reading() {
    return new Whereabouts(desk, agentId, idle, conversationId, Doing.reading);
  }
}
