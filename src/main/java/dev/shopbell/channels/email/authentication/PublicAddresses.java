package dev.shopbell.channels.email.authentication;

import dev.shopbell.platform.dns.Dns;
import java.net.InetAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Addresses that are reachable from elsewhere: what is inside says nothing to a receiver. */
final class PublicAddresses {
  private PublicAddresses() {}

  /**
   * @param host a name or an address
   */
  static Set<String> of(String host, Dns.Lookup dns) {
    Stream<String> all =
        literal(host) != null
            ? Stream.of(host)
            : Stream.of(Dns.Type.A, Dns.Type.AAAA)
                .flatMap(type -> dns.ask(type, host).values().stream());
    return all.filter(address -> literal(address) != null && !isInside(address))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether it is an address that nobody elsewhere can reach. */
  static boolean isInside(String host) {
    InetAddress literal = literal(host);
    return literal != null
        && (literal.isLoopbackAddress()
            || literal.isSiteLocalAddress()
            || literal.isLinkLocalAddress()
            || literal.isAnyLocalAddress());
  }

  static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
