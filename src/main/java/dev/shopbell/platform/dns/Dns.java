package dev.shopbell.platform.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.shopbell.platform.Settings;
import java.net.IDN;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/**
 * Asks the name server of {@code SHOPBELL_DNS}, or the system's. An answer is kept for as long as
 * it says itself, within bounds; a failure for a moment, so that a dead name server is not asked by
 * everyone at once.
 */
@Component
public class Dns {
  private static final Duration ATTEMPT = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 2;
  private static final long MOST_REMEMBERED = 20_000;
  private static final long LONGEST_SECONDS = 3_600;
  private static final long LONGEST_ABSENT_SECONDS = 60;
  private static final long FAILURE_SECONDS = 5;

  private final List<SimpleResolver> servers;
  private final Cache<Question, Known> known =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfter(
              Expiry.<Question, Known>creating(
                  (question, known) -> Duration.ofSeconds(known.seconds())))
          .build();

  Dns(Settings settings) {
    this.servers =
        (settings.dns().isEmpty()
                ? ResolverConfig.getCurrentConfig().servers()
                : List.of(server(settings.dns())))
            .stream().map(Dns::resolver).toList();
  }

  /** What is asked for. Each is answered by texts, see {@link Answer.Found}. */
  public enum Type {
    A(org.xbill.DNS.Type.A),
    AAAA(org.xbill.DNS.Type.AAAA),
    MX(org.xbill.DNS.Type.MX),
    PTR(org.xbill.DNS.Type.PTR),
    /** Each text is "priority weight port host". */
    SRV(org.xbill.DNS.Type.SRV),
    TXT(org.xbill.DNS.Type.TXT);

    private final int code;

    Type(int code) {
      this.code = code;
    }
  }

  public sealed interface Answer {
    /**
     * @param values addresses, host names without the last dot (of MX the preferred first; empty
     *     text for "none"), or texts with their parts joined; at least one
     */
    record Found(List<String> values) implements Answer {}

    /** There is no such name, or it has nothing of that type. */
    record Absent() implements Answer {}

    /** Nobody answered in time, or the server could not tell. */
    record Failed() implements Answer {}

    default List<String> values() {
      return switch (this) {
        case Found(var values) -> values;
        case Absent() -> List.of();
        case Failed() -> List.of();
      };
    }
  }

  /** Questions that share one limit of time. */
  @FunctionalInterface
  public interface Lookup {
    /** Never throws. */
    Answer ask(Type type, String name);
  }

  private record Question(Type type, String name) {}

  private record Known(Answer answer, long seconds) {}

  /** For whoever has that long in all. */
  public Lookup within(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    return (type, name) -> {
      Question question = new Question(type, name.toLowerCase(Locale.ROOT));
      Known before = known.getIfPresent(question);
      return before == null ? asked(question, deadline) : before.answer();
    };
  }

  /** The same without what is remembered: for those who have just changed a record. */
  public Lookup afresh(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    return (type, name) -> asked(new Question(type, name.toLowerCase(Locale.ROOT)), deadline);
  }

  private Answer asked(Question question, long deadline) {
    Message query;
    try {
      String ascii =
          question.name().chars().allMatch(c -> c < 0x80)
              ? question.name()
              : IDN.toASCII(question.name(), IDN.ALLOW_UNASSIGNED);
      query =
          Message.newQuery(
              Record.newRecord(Name.fromString(ascii, Name.root), question.type().code, DClass.IN));
    } catch (TextParseException | IllegalArgumentException e) {
      return new Answer.Absent();
    }
    for (int attempt = 0; attempt < ATTEMPTS && !servers.isEmpty(); attempt++) {
      long left = Math.min(deadline - System.nanoTime(), ATTEMPT.toNanos());
      if (left <= 0) {
        // Nothing is learnt about the name where the asker had no time left.
        return new Answer.Failed();
      }
      CompletableFuture<Message> sent =
          servers.get(attempt % servers.size()).sendAsync(query).toCompletableFuture();
      try {
        Known read = read(sent.get(left, TimeUnit.NANOSECONDS), question.type());
        if (!(read.answer() instanceof Answer.Failed)) {
          known.put(question, read);
          return read.answer();
        }
      } catch (ExecutionException | TimeoutException e) {
        sent.cancel(true);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Answer.Failed();
      }
    }
    known.put(question, new Known(new Answer.Failed(), FAILURE_SECONDS));
    return new Answer.Failed();
  }

  private static Known read(Message message, Type type) {
    int code = message.getRcode();
    if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
      return new Known(new Answer.Failed(), FAILURE_SECONDS);
    }
    List<Record> records = new ArrayList<>();
    long seconds = LONGEST_SECONDS;
    for (Record record : message.getSection(Section.ANSWER)) {
      seconds = Math.min(seconds, record.getTTL());
      if (record.getType() == type.code) {
        records.add(record);
      }
    }
    if (!records.isEmpty()) {
      return new Known(new Answer.Found(texts(records)), Math.max(seconds, 1));
    }
    long absent = LONGEST_ABSENT_SECONDS;
    for (Record record : message.getSection(Section.AUTHORITY)) {
      if (record instanceof SOARecord start) {
        absent = Math.min(absent, Math.min(start.getTTL(), start.getMinimum()));
      }
    }
    return new Known(new Answer.Absent(), Math.max(absent, 1));
  }

  private static List<String> texts(List<Record> records) {
    List<Record> sorted = new ArrayList<>(records);
    sorted.sort(
        Comparator.comparingInt(record -> record instanceof MXRecord mx ? mx.getPriority() : 0));
    return sorted.stream().map(Dns::text).toList();
  }

  private static String text(Record record) {
    return switch (record) {
      case ARecord a -> a.getAddress().getHostAddress();
      case AAAARecord aaaa -> aaaa.getAddress().getHostAddress();
      case MXRecord mx -> host(mx.getTarget());
      case PTRRecord pointer -> host(pointer.getTarget());
      case TXTRecord txt -> joined(txt.getStringsAsByteArrays());
      default -> record.rdataToString();
    };
  }

  private static String host(Name name) {
    return name.toString(true).equals(".") ? "" : name.toString(true);
  }

  private static String joined(List<byte[]> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(new String(part, StandardCharsets.UTF_8)));
    return text.toString();
  }

  private static SimpleResolver resolver(InetSocketAddress address) {
    SimpleResolver resolver = new SimpleResolver(address);
    resolver.setTimeout(ATTEMPT);
    return resolver;
  }

  private static InetSocketAddress server(String text) {
    int colon = text.lastIndexOf(':');
    boolean plain =
        colon < 0 || text.endsWith("]") || text.indexOf(':') != colon && !text.startsWith("[");
    try {
      String host = plain ? text : text.substring(0, colon);
      int port = plain ? 53 : Integer.parseInt(text.substring(colon + 1));
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (!address.isUnresolved()) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "SHOPBELL_DNS must look like 192.0.2.53 or 192.0.2.53:5353, not “" + text + "”.");
  }
}
