package dev.shopbell.conversations;

import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Colleagues whom a note names, as {@code <span data-mention="12">@Name</span>}. Only agents who
 * work here count, and only under the name that they bear now.
 */
@Component
class Mentions {
  private static final int MOST = 50;
  private static final Pattern MENTION = Pattern.compile("<span data-mention=\"(\\d{1,18})\">");

  private final Agents agents;

  Mentions(Agents agents) {
    this.agents = agents;
  }

  /**
   * For one note: from an agent's id to how the note shows them, or null where none of that id
   * works here, or more are named than anybody would.
   */
  LongFunction<@Nullable String> reader() {
    Map<Long, Optional<String>> known = new HashMap<>();
    return id ->
        known.size() < MOST || known.containsKey(id)
            ? known.computeIfAbsent(id, this::shown).orElse(null)
            : null;
  }

  private Optional<String> shown(long agentId) {
    return agents.find(agentId).filter(Agent::active).map(agent -> "@" + agent.name());
  }

  /** The ids that sanitised HTML names, each once. */
  static List<Long> in(@Nullable String html) {
    if (html == null) {
      return List.of();
    }
    LinkedHashSet<Long> ids = new LinkedHashSet<>();
    Matcher found = MENTION.matcher(html);
    while (found.find()) {
      ids.add(Long.parseLong(found.group(1)));
    }
    return List.copyOf(ids);
  }
}
