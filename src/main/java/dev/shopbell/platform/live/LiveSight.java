package dev.shopbell.platform.live;

import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Sight;
import java.util.List;
import java.util.Map;

/** A slot, filled by {@code conversations}: who may know of what happens at a conversation. */
public interface LiveSight {
  /** False also where there is no such conversation. Asked often, so answered from memory. */
  boolean sees(Caller caller, long conversationId);

  /**
   * By conversation where it stands now, and where it stood before these facts: whoever sees one of
   * them hears of it. Those that are gone are missing.
   */
  Map<Long, List<Sight.Place>> places(List<StoredFact> facts);
}
