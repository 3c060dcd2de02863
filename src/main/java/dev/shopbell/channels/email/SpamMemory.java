package dev.shopbell.channels.email;

import dev.shopbell.platform.SecretKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What agents have taught, kept in memory: reading a mail asks no database. What other nodes learn
 * is fetched every few seconds, and only what is new.
 */
@Component
class SpamMemory {
  private static final Duration FRESH = Duration.ofSeconds(3);
  private static final int LESSONS = -1;

  /** With fewer lessons of either kind words mean nothing. */
  private static final int FEWEST_LESSONS = 5;

  private static final int FEWEST_WORDS = 8;
  private static final int MOST_TELLING = 30;
  private static final double TELLING = 0.2;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<Long, Counts> counts = new ConcurrentHashMap<>();
  private final Map<Sender, Boolean> senders = new ConcurrentHashMap<>();
  private volatile Instant fetchedAt = Instant.MIN;
  private long newest;

  SpamMemory(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private record Sender(long brandId, String fingerprint) {}

  /** How often each word stood in spam and in wanted mail of a brand. */
  private static final class Counts {
    final int[] spam = new int[1 << SpamWords.BITS];
    final int[] ham = new int[1 << SpamWords.BITS];
    int spamLessons;
    int hamLessons;

    boolean isEnough() {
      return spamLessons >= FEWEST_LESSONS && hamLessons >= FEWEST_LESSONS;
    }
  }

  /** What an agent last said of the sender, or else of its domain; null where nobody did. */
  @Nullable Boolean wanted(long brandId, String address) {
    fetch();
    if (senders.isEmpty()) {
      return null;
    }
    Boolean own = senders.get(new Sender(brandId, fingerprint(address)));
    return own != null ? own : senders.get(new Sender(brandId, fingerprint(ofDomain(address))));
  }

  static String fingerprint(String sender) {
    return SecretKey.fingerprint(sender.toLowerCase(Locale.ROOT));
  }

  static String ofDomain(String address) {
    return "@" + Mailboxes.domain(address);
  }

  /** Whether its words are worth asking for. */
  boolean hasLearnt(long brandId) {
    fetch();
    Counts known = counts.get(brandId);
    return known != null && known.isEnough();
  }

  /**
   * Points by naive Bayes over the most telling words: 5 where they are clearly those of spam, down
   * to -3 where they are clearly those of wanted mail.
   */
  double points(long brandId, Set<Integer> tokens) {
    Counts known = counts.get(brandId);
    if (known == null || !known.isEnough()) {
      return 0;
    }
    double[] telling =
        tokens.stream()
            .mapToDouble(token -> leaning(known, token))
            .filter(leaning -> Math.abs(leaning) > TELLING)
            .toArray();
    if (telling.length < FEWEST_WORDS) {
      return 0;
    }
    double sum =
        Arrays.stream(telling)
            .boxed()
            .sorted((a, b) -> Double.compare(Math.abs(b), Math.abs(a)))
            .limit(MOST_TELLING)
            .mapToDouble(Double::doubleValue)
            .sum();
    return sum > 14 ? 5 : sum > 7 ? 3 : sum < -10 ? -3 : sum < -5 ? -1.5 : 0;
  }

  /** The logarithm of the odds, drawn towards even while a word has been seen seldom. */
  private static double leaning(Counts known, int token) {
    int spam = known.spam[token];
    int ham = known.ham[token];
    int seen = spam + ham;
    if (seen == 0) {
      return 0;
    }
    double inSpam = (double) spam / known.spamLessons;
    double inHam = (double) ham / known.hamLessons;
    double probability = (0.5 + seen * inSpam / (inSpam + inHam)) / (1 + seen);
    return Math.log(probability / (1 - probability));
  }

  /** What was learnt on this node counts at once. */
  void forgetFreshness() {
    fetchedAt = Instant.MIN;
  }

  private void fetch() {
    Instant now = clock.instant();
    if (fetchedAt.plus(FRESH).isAfter(now)) {
      return;
    }
    synchronized (this) {
      if (fetchedAt.plus(FRESH).isAfter(now)) {
        return;
      }
      fetchedAt = now;
      long[] last = {newest};
      jdbc.sql("select brand_id, token, spam, ham, lesson from spam_token where lesson > ?")
          .param(newest)
          .query(row -> {
            Counts known = counts.computeIfAbsent(row.getLong(1), any -> new Counts());
            int token = row.getInt(2);
            if (token == LESSONS) {
              known.spamLessons = row.getInt(3);
              known.hamLessons = row.getInt(4);
            } else {
              known.spam[token] = row.getInt(3);
              known.ham[token] = row.getInt(4);
            }
            last[0] = Math.max(last[0], row.getLong(5));
          });
      jdbc.sql("select brand_id, sender, wanted, lesson from sender_verdict where lesson > ?")
          .param(newest)
          .query(row -> {
            senders.put(new Sender(row.getLong(1), row.getString(2)), row.getBoolean(3));
            last[0] = Math.max(last[0], row.getLong(4));
          });
      newest = last[0];
    }
  }

  /** Counts one lesson, or takes it back. */
  void count(long brandId, Collection<Integer> tokens, boolean spam, int by, long lesson) {
    Set<Integer> all = new HashSet<>(tokens);
    all.add(LESSONS);
    jdbc.sql(
            """
            insert into spam_token (brand_id, token, spam, ham, lesson)
            select :brand, token, case when :spam then greatest(:by, 0) else 0 end,
              case when :spam then 0 else greatest(:by, 0) end, :lesson
            from unnest(:tokens::int[]) as one (token) order by token
            on conflict (brand_id, token) do update set
              spam = greatest(spam_token.spam + case when :spam then :by else 0 end, 0),
              ham = greatest(spam_token.ham + case when :spam then 0 else :by end, 0),
              lesson = :lesson
            """)
        .param("brand", brandId)
        .param("spam", spam)
        .param("by", by)
        .param("lesson", lesson)
        .param("tokens", all.toArray(Integer[]::new))
        .update();
  }

  /** Whether these were wanted is not known any more. */
  void forget(long brandId, Collection<String> addresses) {
    String[] fingerprints = addresses.stream().map(SpamMemory::fingerprint).toArray(String[]::new);
    jdbc.sql("delete from sender_verdict where brand_id = ? and sender = any(?)")
        .param(brandId)
        .param(fingerprints)
        .update();
    for (String fingerprint : fingerprints) {
      senders.remove(new Sender(brandId, fingerprint));
    }
  }

  void judge(long brandId, String sender, boolean wanted, long lesson) {
    jdbc.sql(
            """
            insert into sender_verdict (brand_id, sender, wanted, lesson) values (:brand, :sender, :wanted, :lesson)
            on conflict (brand_id, sender) do update set wanted = :wanted, lesson = :lesson
            """)
        .param("brand", brandId)
        .param("sender", fingerprint(sender))
        .param("wanted", wanted)
        .param("lesson", lesson)
        .update();
  }
}
