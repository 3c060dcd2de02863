package dev.shopbell.channels.email;

import dev.shopbell.brands.Brands;
import dev.shopbell.conversations.Authentication;
import dev.shopbell.conversations.MessageKind;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides whether a mail that begins a conversation belongs in spam, and says why. */
@Component
class SpamFilter {
  /** So old may be what is known of a brand and its agents: a mail must not cost a query. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final SpamMemory memory;
  private final Mailboxes mailboxes;
  private final Brands brands;
  private final Agents agents;
  private final Clock clock;
  private final Map<Long, Known> shops = new ConcurrentHashMap<>();

  SpamFilter(SpamMemory memory, Mailboxes mailboxes, Brands brands, Agents agents, Clock clock) {
    this.memory = memory;
    this.mailboxes = mailboxes;
    this.brands = brands;
    this.agents = agents;
    this.clock = clock;
  }

  private record Known(SpamCheck.Shop shop, Instant at) {}

  /**
   * Why it is taken for spam; null where it is not. Automatic replies and reports never are.
   *
   * @param author whom the inbox names: of what a form sends, who filled it in
   */
  @Nullable String reason(
      long brandId,
      ParsedMail parsed,
      MessageKind kind,
      @Nullable String author,
      @Nullable Authentication authentication) {
    if (!kind.isFromPerson() && kind != MessageKind.list) {
      return null;
    }
    boolean forged =
        authentication != null && authentication.verdict() == Authentication.Verdict.failed;
    Boolean wanted = author == null ? null : memory.wanted(brandId, author);
    if (Boolean.TRUE.equals(wanted) && !forged) {
      return null;
    }
    SpamScore score = SpamCheck.judge(parsed, shop(brandId), authentication);
    if (Boolean.FALSE.equals(wanted)) {
      // Whoever is forged must not pay for it for ever.
      score.add(forged ? 3 : SpamScore.LIMIT, "An agent put mail of this sender in spam before.");
    }
    if (memory.hasLearnt(brandId)) {
      score.add(
          memory.points(brandId, SpamWords.of(parsed)),
          "Its words are those of mail that agents put in spam.");
    }
    return score.isSpam() ? score.reason() : null;
  }

  private SpamCheck.Shop shop(long brandId) {
    Known known = shops.get(brandId);
    Instant now = clock.instant();
    if (known != null && known.at().plus(FRESH).isAfter(now)) {
      return known.shop();
    }
    List<String> names =
        brands.find(brandId).stream()
            .flatMap(brand -> Stream.of(brand.name(), brand.sender()))
            .distinct()
            .toList();
    Set<String> people =
        agents.all().stream()
            .filter(agent -> agent.active() && !agent.demo())
            .map(Agent::name)
            .filter(name -> name.strip().contains(" "))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    SpamCheck.Shop shop = new SpamCheck.Shop(mailboxes.ownDomains(brandId), names, people);
    shops.put(brandId, new Known(shop, now));
    return shop;
  }
}
