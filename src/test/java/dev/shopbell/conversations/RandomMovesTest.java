package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever is merged, split, undone and written in between: each message is in one place. */
class RandomMovesTest {
  private static final int STEPS = 60;

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api api = shopbell.api();
  private final Inbox inbox = new Inbox(shopbell);
  private final String anna = address("anna");

  private final Map<String, Long> place = new TreeMap<>();
  private final Map<String, String> answered = new HashMap<>();
  private final Map<Long, Long> pointers = new HashMap<>();
  private final List<Move> moves = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();

  private static final class Move {
    final long id;
    final boolean merge;
    final long from;
    final long to;
    final Set<String> came;
    final Set<String> knew;
    boolean undone;

    Move(long id, boolean merge, long from, long to, Set<String> came, Set<String> knew) {
      this.id = id;
      this.merge = merge;
      this.from = from;
      this.to = to;
      this.came = came;
      this.knew = knew;
    }
  }

  /** Where each message has gone away from, by which the rule tells what came since. */
  private final Map<String, Set<Long>> left = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyMessageIsWhereItWasAndNoneIsLostOrDoubled(long seed) {
    Random random = new Random(seed);
    begin();
    begin();
    begin();
    for (int i = 0; i < STEPS; i++) {
      switch (random.nextInt(10)) {
        case 0 -> begin();
        case 1, 2, 3 -> answer(random);
        case 4, 5 -> merge(random);
        case 6, 7 -> split(random);
        default -> undo(random);
      }
    }
    check("seed " + seed);
    while (undoNewest()) {
      // Until nothing can be undone any more.
    }
    check("seed " + seed + ", undone");
  }

  private boolean undoNewest() {
    for (int i = moves.size() - 1; i >= 0; i--) {
      if (!moves.get(i).undone && undo(moves.get(i))) {
        return true;
      }
    }
    return false;
  }

  private List<Long> standing() {
    return List.copyOf(new TreeSet<>(place.values()));
  }

  private Set<String> in(long conversation) {
    return place.entrySet().stream()
        .filter(one -> one.getValue() == conversation)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void begin() {
    Set<Long> before = known();
    String id = messageId();
    inbox.take(Mail.with(anna, SHOP, "Matter", text(id), bears(id)));
    Set<Long> now = known();
    now.removeAll(before);
    assertThat(now).hasSize(1);
    place.put(id, now.iterator().next());
  }

  private String text(String id) {
    texts.put(id, "Message " + texts.size());
    return texts.get(id);
  }

  private Set<Long> known() {
    return inbox.of(anna).stream()
        .map(row -> row.path("id").asLong())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private void answer(Random random) {
    String to = any(random, List.copyOf(place.keySet()));
    String id = messageId();
    inbox.take(Mail.with(anna, SHOP, "Re", text(id), bears(id), answers(to)));
    place.put(id, place.get(to));
    answered.put(id, to);
  }

  private void merge(Random random) {
    List<Long> standing = standing();
    long kept = any(random, standing);
    long other = any(random, standing);
    if (kept == other) {
      return;
    }
    JsonNode done =
        api.post("/conversations/" + kept + "/merges", Map.of("conversationIds", List.of(other)));
    Set<String> knew = new HashSet<>(in(other));
    knew.addAll(in(kept));
    moves.add(new Move(done.path("moves").get(0).asLong(), true, other, kept, in(other), knew));
    in(kept).forEach(id -> left.computeIfAbsent(id, any -> new HashSet<>()).add(kept));
    relocate(in(other), other, kept);
    pointers.put(other, kept);
  }

  private void relocate(Set<String> ids, long from, long to) {
    for (String id : ids) {
      left.computeIfAbsent(id, any -> new HashSet<>()).add(from);
      place.put(id, to);
    }
  }

  private void split(Random random) {
    long from = any(random, standing());
    List<JsonNode> messages = inbox.messages(from);
    if (messages.size() < 2) {
      return;
    }
    Map<String, Long> numbers = numbers(messages);
    Set<String> chosen = new TreeSet<>();
    numbers.keySet().stream().filter(any -> random.nextInt(3) == 0).forEach(chosen::add);
    if (chosen.isEmpty() || chosen.size() == messages.size()) {
      return;
    }
    JsonNode done =
        api.post(
            "/conversations/" + from + "/splits",
            Map.of("messageIds", chosen.stream().map(numbers::get).toList()));
    long made = done.path("conversation").path("id").asLong();
    moves.add(new Move(done.path("move").asLong(), false, from, made, chosen, chosen));
    relocate(chosen, from, made);
  }

  /** The database ids of messages by their texts' place in the model. */
  private Map<String, Long> numbers(List<JsonNode> messages) {
    Map<String, Long> numbers = new HashMap<>();
    for (JsonNode message : messages) {
      numbers.put(named(message), message.path("id").asLong());
    }
    return numbers;
  }

  private String named(JsonNode message) {
    String text = Inbox.text(message);
    return place.keySet().stream()
        .filter(id -> texts.get(id).equals(text))
        .findFirst()
        .orElseThrow();
  }

  private void undo(Random random) {
    if (!moves.isEmpty()) {
      undo(any(random, moves));
    }
  }

  private boolean undo(Move move) {
    Set<String> returning = returning(move);
    boolean allowed =
        !move.undone
            && !pointers.containsKey(move.to)
            && (move.merge
                ? !returning.isEmpty() && !in(move.to).equals(returning)
                : !pointers.containsKey(move.from)
                    && moves.stream()
                        .noneMatch(one -> one.merge && !one.undone && one.to == move.to));
    int status =
        api.send(
                "POST",
                "/conversations/" + move.to + "/moves/" + move.id + "/undo",
                Map.of(),
                Map.of())
            .status();
    assertThat(status).isEqualTo(allowed ? 204 : 409);
    if (allowed) {
      move.undone = true;
      if (move.merge) {
        pointers.remove(move.from);
      } else {
        pointers.put(move.to, move.from);
      }
      relocate(returning, move.to, move.from);
    }
    return allowed;
  }

  /** What came with the merge, and what has answered that since. */
  private Set<String> returning(Move move) {
    if (!move.merge) {
      return in(move.to);
    }
    Set<String> returning = new TreeSet<>();
    Deque<String> next =
        new ArrayDeque<>(move.came.stream().filter(in(move.to)::contains).toList());
    while (!next.isEmpty()) {
      String id = next.pop();
      if (returning.add(id)) {
        for (String answer : in(move.to)) {
          boolean cameSince =
              !move.knew.contains(answer)
                  && left.getOrDefault(answer, Set.of()).stream().allMatch(from -> from == move.to);
          if (id.equals(answered.get(answer)) && cameSince) {
            next.push(answer);
          }
        }
      }
    }
    return returning;
  }

  private void check(String when) {
    Map<Long, Set<String>> expected = new TreeMap<>();
    place.forEach(
        (id, at) -> expected.computeIfAbsent(at, any -> new TreeSet<>()).add(texts.get(id)));
    Map<Long, Set<String>> found = new TreeMap<>();
    for (JsonNode row : inbox.of(anna)) {
      long id = row.path("id").asLong();
      List<JsonNode> messages = inbox.messages(id);
      Set<String> there =
          messages.stream().map(Inbox::text).collect(Collectors.toCollection(TreeSet::new));
      assertThat(there).as(when + ": none twice in " + id).hasSize(messages.size());
      assertThat(row.path("messageCount").asInt()).as(when).isEqualTo(messages.size());
      assertThat(messages.stream().map(one -> Instant.parse(one.path("receivedAt").asString())))
          .as(when)
          .isSorted();
      found.put(id, there);
    }
    assertThat(found).as(when).isEqualTo(expected);
  }
}
