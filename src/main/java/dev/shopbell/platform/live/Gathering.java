package dev.shopbell.platform.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Who is at their desk and who is at which conversation, at one moment.
 *
 * @param agents those with an open desk
 * @param conversations by conversation who is there, by agent; each conversation has somebody
 */
record Gathering(Map<Long, AgentPresence> agents, Map<Long, Map<Long, Doing>> conversations) {
  static final Gathering NOBODY = new Gathering(Map.of(), Map.of());

  record Somebody(long agentId, Doing doing) {}

  /**
   * @param people empty once everybody has left
   */
  record Company(long conversationId, List<Somebody> people) {}

  /**
   * What a desk is told.
   *
   * @param whole replaces what the desk knew; otherwise it is what has changed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Frame(
      String type, boolean whole, List<AgentPresence> agents, List<Company> conversations) {
    Frame {
      agents = List.copyOf(agents);
      conversations = List.copyOf(conversations);
    }

    Frame only(List<Company> seen) {
      return new Frame(type, whole, agents, seen);
    }

    boolean empty() {
      return !whole && agents.isEmpty() && conversations.isEmpty();
    }
  }

  static Gathering of(Collection<Whereabouts> desks, Presences presences) {
    Map<Long, Presences.Connected> connected = new TreeMap<>();
    Map<Long, Map<Long, Doing>> conversations = new TreeMap<>();
    for (Whereabouts desk : desks) {
      connected.merge(
          desk.agentId(),
          desk.idle() ? Presences.Connected.idle : Presences.Connected.active,
          (a, b) -> a == Presences.Connected.active ? a : b);
      if (desk.conversationId() != null) {
        conversations
            .computeIfAbsent(desk.conversationId(), any -> new TreeMap<>())
            .merge(desk.agentId(), desk.doing(), (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    }
    Map<Long, AgentPresence> agents = new TreeMap<>();
    connected.forEach((agent, how) -> agents.put(agent, presences.of(agent, how)));
    return new Gathering(agents, conversations);
  }

  Frame whole() {
    return new Frame(
        "company",
        true,
        List.copyOf(agents.values()),
        conversations.keySet().stream().map(this::company).toList());
  }

  /** What is no longer as it was before. */
  Frame since(Gathering before, Presences presences) {
    List<AgentPresence> changed = new ArrayList<>();
    agents.forEach((agent, presence) -> {
      if (!presence.equals(before.agents.get(agent))) {
        changed.add(presence);
      }
    });
    before.agents.keySet().stream()
        .filter(agent -> !agents.containsKey(agent))
        .forEach(agent -> changed.add(presences.of(agent, Presences.Connected.gone)));
    List<Company> moved = new ArrayList<>();
    conversations.forEach((conversation, people) -> {
      if (!Objects.equals(people, before.conversations.get(conversation))) {
        moved.add(company(conversation));
      }
    });
    before.conversations.keySet().stream()
        .filter(conversation -> !conversations.containsKey(conversation))
        .forEach(conversation -> moved.add(company(conversation)));
    return new Frame("company", false, changed, moved);
  }

  private Company company(long conversation) {
    return new Company(
        conversation,
        conversations.getOrDefault(conversation, Map.of()).entrySet().stream()
            .map(each -> new Somebody(each.getKey(), each.getValue()))
            .toList());
  }
}
