package dev.shopbell.platform.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody can be counted on now.
 *
 * @param presence as others see it: online at a desk in use, away by choice or because nothing was
 *     touched for a while, off by choice or because no desk is open
 * @param availability what they chose
 * @param until when that choice ends and they are online again; null where it does not end by
 *     itself
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AgentPresence(
    long agentId, State presence, State availability, @Nullable Instant until) {
  /** Both what is chosen and what is shown. */
  public enum State {
    online,
    away,
    off
  }
}
