package dev.shopbell.platform.outgoing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.HttpException;

/**
 * Calls web addresses that other people chose, without lending them our place in the network.
 *
 * <p>Only http and https on their usual ports; every name is looked up once and connected to at the
 * address that was checked; a redirect is checked as if it were the first address, and never leaves
 * https. No cookies, no referrer, no proxy, nothing compressed; all of a call is bounded in time
 * and in size. One connection for each call: nothing is shared between those who are called.
 */
public final class GuardedHttp {
  static final String USER_AGENT = "Shopbell";
  private static final int MOST_REDIRECTS = 5;
  private static final String TOO_LONG = "It took too long.";

  private final InternalAddresses addresses;
  private final SSLSocketFactory tls;

  GuardedHttp(InternalAddresses addresses, SSLSocketFactory tls) {
    this.addresses = addresses;
    this.tls = tls;
  }

  /**
   * What to ask.
   *
   * @param headers sent to the host of {@code url} only; after a redirect elsewhere they are left
   *     out
   * @param body empty for none
   */
  public record Call(String method, String url, Map<String, String> headers, byte[] body) {
    public static Call get(String url, Map<String, String> headers) {
      return new Call("GET", url, headers, new byte[0]);
    }
  }

  /**
   * @param connect for the connection to each address of the host
   * @param total from the first lookup to the last byte, redirects included
   * @param bodyBytes a longer answer fails
   * @param cut whether a longer answer is cut there instead
   */
  public record Limits(Duration connect, Duration total, int bodyBytes, boolean cut) {
    public Limits(Duration connect, Duration total, int bodyBytes) {
      this(connect, total, bodyBytes, false);
    }

    /** For those who want no more of an answer than its beginning. */
    public static Limits cutting(Duration connect, Duration total, int bodyBytes) {
      return new Limits(connect, total, bodyBytes, true);
    }
  }

  /** What became of a call. The words are written for people. */
  public sealed interface Outcome {
    /**
     * The host answered, with any status. Only a GET follows redirects; other methods are answered
     * with them.
     *
     * @param headers by name in lower case; of one that stands several times, the last
     */
    record Answered(int status, Map<String, String> headers, byte[] body) implements Outcome {}

    /** We do not call this address. */
    record Refused(String words) implements Outcome {}

    /** It was called and did not answer as it should. Another time it may. */
    record Failed(String words) implements Outcome {}
  }

  public Outcome send(Call call, Limits limits) {
    try (Deadline deadline = new Deadline(limits.total())) {
      try {
        return followed(call, limits, deadline);
      } catch (AddressRefused e) {
        return new Outcome.Refused(String.valueOf(e.getMessage()));
      } catch (IOException | HttpException e) {
        return new Outcome.Failed(deadline.isOver() ? TOO_LONG : words(e));
      }
    }
  }

  /**
   * Why something of ours would not be sent to the address, in words for people; empty where it
   * would. Only https, but for hosts of one's own that the operator excepts.
   */
  public Optional<String> refusal(String url) {
    try {
      Target target = Target.parse(url);
      List<InetAddress> checked = addresses.check(target.host());
      boolean excepted = addresses.excepts(target.host(), checked);
      if (!target.tls() && !excepted) {
        return Optional.of("What is sent must be encrypted: the address begins with https://.");
      }
      return target.hasUsualPort() || excepted
          ? Optional.empty()
          : Optional.of("Only the ports 80 and 443 are called.");
    } catch (IOException e) {
      return Optional.of(words(e));
    }
  }

  private Outcome followed(Call call, Limits limits, Deadline deadline)
      throws IOException, HttpException {
    Exchange exchange = new Exchange(tls, deadline, limits.connect());
    Target first = Target.parse(call.url());
    Target target = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      List<InetAddress> checked = addresses.check(target.host(), deadline.remaining());
      if (!target.hasUsualPort() && !addresses.excepts(target.host(), checked)) {
        throw new AddressRefused("Only the ports 80 and 443 are called.");
      }
      Exchange.Received received =
          exchange.run(call, target, checked, target.isSameOrigin(first), limits);
      String location = call.method().equals("GET") ? received.location() : null;
      if (location == null) {
        return new Outcome.Answered(received.status(), received.headers(), received.body());
      }
      target = target.redirected(location);
    }
    return new Outcome.Failed("It is redirected more than " + MOST_REDIRECTS + " times.");
  }

  private static String words(Exception e) {
    return switch (e) {
      case AddressRefused refused -> String.valueOf(refused.getMessage());
      case UnknownHostException unknown -> String.valueOf(unknown.getMessage());
      case Exchange.TooLarge large -> String.valueOf(large.getMessage());
      case SocketTimeoutException _ -> TOO_LONG;
      case SSLException _ -> "No trustworthy encrypted connection came about.";
      case HttpException _ -> "What it answered is not HTTP as it should be.";
      default -> "The connection failed.";
    };
  }
}
