package dev.shopbell.platform.live;

/**
 * A slot, filled by {@code staff}: what an agent's open desks, or the lack of them, say of them.
 */
public interface Presences {
  /** How an agent is connected, over all nodes. */
  enum Connected {
    active,
    /** Desks are open, but nobody has touched any of them for a while. */
    idle,
    gone
  }

  AgentPresence of(long agentId, Connected connected);
}
