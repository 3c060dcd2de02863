package dev.shopbell.channels.email;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * How many may be connected at a time, so that neither one network nor many of them keep all others
 * out; past that they are told to come again. The shop's own relays are not counted, and have room
 * of their own.
 */
final class SmtpVisitors implements SessionHandler {
  /** Of one /24 of IPv4, one /64 of IPv6. */
  static final int MOST_OF_A_NETWORK = 20;

  static final int MOST_STRANGERS = 200;

  /** With our relays; past that nobody is answered until somebody leaves. */
  static final int MOST = 300;

  static final Duration LONGEST = Duration.ofHours(1);

  private final List<Network> relays;
  private final Map<Session, Visit> visits = new HashMap<>();

  SmtpVisitors(List<Network> relays) {
    this.relays = relays;
  }

  /**
   * @param network null for a relay of ours
   * @param since by {@link System#nanoTime}
   */
  private record Visit(@Nullable String network, long since) {}

  @Override
  public synchronized SessionAcceptance accept(Session session) {
    InetAddress peer = session.getRealRemoteAddress().getAddress();
    String network = relays.stream().anyMatch(relay -> relay.contains(peer)) ? null : network(peer);
    if (network != null) {
      if (count(network) >= MOST_OF_A_NETWORK) {
        return SessionAcceptance.failure(
            421, "4.7.0 Too many connections from your network, please come again later");
      }
      if (strangers() >= MOST_STRANGERS) {
        return SessionAcceptance.failure(421, "4.3.2 Too many connections, please come again");
      }
    }
    visits.put(session, new Visit(network, System.nanoTime()));
    return SessionAcceptance.success();
  }

  private static String network(InetAddress peer) {
    byte[] address = peer.getAddress();
    return HexFormat.of().formatHex(Arrays.copyOf(address, address.length == 4 ? 3 : 8));
  }

  private long count(String network) {
    return visits.values().stream().filter(visit -> network.equals(visit.network())).count();
  }

  private long strangers() {
    return visits.values().stream().filter(visit -> visit.network() != null).count();
  }

  @Override
  public synchronized void onSessionEnd(Session session) {
    visits.remove(session);
  }

  synchronized int size() {
    return visits.size();
  }

  /**
   * Hangs up on strangers who have been here for longer; a mail of theirs that is half here goes.
   */
  void endOlderThan(Duration longest) {
    List<Session> old;
    synchronized (this) {
      long now = System.nanoTime();
      old =
          visits.entrySet().stream()
              .filter(entry -> entry.getValue().network() != null)
              .filter(entry -> now - entry.getValue().since() >= longest.toNanos())
              .map(Map.Entry::getKey)
              .toList();
    }
    for (Session session : old) {
      try {
        session.closeSocket();
      } catch (IOException e) {
        // Gone already.
      }
    }
  }
}
