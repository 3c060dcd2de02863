package dev.shopbell.conversations;

import dev.shopbell.brands.Brands;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what agents have begun to write. Where two devices of one agent write the same draft, the
 * newer text stands, and the other is kept with it until the agent has seen to it.
 */
@Service
class Drafts {
  private static final int MOST_ATTACHMENTS = 50;
  private static final int MOST_SUPERSEDED = 5;
  private static final int LONGEST_LINE = 500;
  private static final Duration OLDEST = Duration.ofDays(366);

  private final DraftStore store;
  private final ConversationStore conversations;
  private final Brands brands;
  private final Clock clock;

  Drafts(DraftStore store, ConversationStore conversations, Brands brands, Clock clock) {
    this.store = store;
    this.conversations = conversations;
    this.brands = brands;
    this.clock = clock;
  }

  /**
   * How a device came to what it sends.
   *
   * @param device which one; null for none
   * @param base the {@code updatedAt} of what it wrote on; null where there was no draft
   * @param age how long ago it was typed
   * @param settled whether the agent has seen what other devices had written
   */
  record Writing(@Nullable String device, @Nullable Instant base, Duration age, boolean settled) {
    static final Writing BY_THE_PROGRAM = new Writing("", null, Duration.ZERO, false);

    /** By the program, in the light of what stood there. */
    static Writing on(@Nullable Draft known) {
      return new Writing("", known == null ? null : known.updatedAt(), Duration.ZERO, false);
    }
  }

  /** Plain text as the editor would have written it. */
  static String ofText(String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<p>" + escaped.replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p>";
  }

  /**
   * @return the draft as it stands now, which is another device's where that is the newer one; null
   *     where nothing was written
   */
  @Transactional
  public @Nullable Draft keep(DraftStore.Place place, DraftStore.Content given, Writing writing) {
    DraftStore.Content content = checked(place, given, writing);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (!content.isEmpty() && store.insert(place, content, writing.device(), now)) {
      return store.find(place).orElseThrow();
    }
    Optional<DraftStore.Kept> found = store.lock(place);
    if (found.isEmpty()) {
      return null;
    }
    Draft old = found.get().draft();
    List<Draft.Superseded> others = writing.settled() ? List.of() : old.superseded();
    boolean followsIt =
        old.updatedAt().equals(writing.base())
            || Objects.equals(writing.device(), found.get().device())
            || old.html().equals(content.html());
    boolean older = !followsIt && now.minus(writing.age()).isBefore(old.updatedAt());
    if (older) {
      store.setSuperseded(place, with(others, writing.device(), content.html(), now));
    } else {
      if (!followsIt) {
        // What stands here now is what the same device had written before, and more.
        others = without(others, writing.device());
        others = with(others, found.get().device(), old.html(), old.updatedAt());
      }
      if (content.isEmpty() && others.isEmpty()) {
        store.delete(place);
      } else {
        store.replace(place, content, writing.device(), others, now);
      }
    }
    return store.find(place).orElse(null);
  }

  private static List<Draft.Superseded> without(
      List<Draft.Superseded> others, @Nullable String device) {
    return others.stream().filter(other -> !other.device().equals(device)).toList();
  }

  /** Each device's newest, the newest first. */
  private static List<Draft.Superseded> with(
      List<Draft.Superseded> others, @Nullable String device, String html, Instant at) {
    String name = Objects.requireNonNullElse(device, "");
    if (DraftStore.Content.isBlank(html)) {
      return others;
    }
    List<Draft.Superseded> all = new ArrayList<>();
    all.add(new Draft.Superseded(name, html, at));
    others.stream().filter(other -> !other.device().equals(name)).forEach(all::add);
    return all.subList(0, Math.min(all.size(), MOST_SUPERSEDED));
  }

  /** It has been sent, or the agent does not want it any more. */
  @Transactional
  public void discard(DraftStore.Place place) {
    store.delete(place);
  }

  private DraftStore.Content checked(
      DraftStore.Place place, DraftStore.Content given, Writing writing) {
    if (place.conversationId() != null
        && conversations.find(place.conversationId(), place.agentId()).isEmpty()) {
      throw Problem.notFound("There is no conversation " + place.conversationId() + ".");
    }
    if (given.html().length() > OwnWords.LONGEST) {
      throw Problem.invalid("html", "A draft has at most " + OwnWords.LONGEST + " characters.");
    }
    if (given.attachments().size() > MOST_ATTACHMENTS) {
      throw Problem.invalid(
          "attachments", "A draft has at most " + MOST_ATTACHMENTS + " attachments.");
    }
    if (writing.device() != null && writing.device().length() > 64) {
      throw Problem.invalid("device", "A device names itself in at most 64 characters.");
    }
    if (writing.age().isNegative() || writing.age().compareTo(OLDEST) > 0) {
      throw Problem.invalid("ageMs", "A draft was typed up to a year ago, in milliseconds.");
    }
    if (given.brandId() != null) {
      brands.get(given.brandId());
    }
    return new DraftStore.Content(
        given.html().replace("\u0000", ""),
        given.subject() == null ? null : line("subject", given.subject()),
        given.people() == null ? null : checked(given.people()),
        given.attachments(),
        given.forwarded(),
        given.brandId());
  }

  private static Draft.People checked(Draft.People people) {
    return new Draft.People(
        lines("people.to", people.to()),
        lines("people.cc", people.cc()),
        lines("people.bcc", people.bcc()));
  }

  private static List<String> lines(String field, List<String> lines) {
    if (lines.size() > Addressing.MOST) {
      throw Problem.invalid(
          field, "A message has at most " + Addressing.MOST + " recipients in all.");
    }
    return lines.stream().map(line -> line(field, line)).toList();
  }

  private static String line(String field, String text) {
    if (text.length() > LONGEST_LINE) {
      throw Problem.invalid(field, "It has at most " + LONGEST_LINE + " characters.");
    }
    return text.replace("\u0000", "");
  }
}
