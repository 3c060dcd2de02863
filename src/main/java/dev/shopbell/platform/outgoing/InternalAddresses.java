package dev.shopbell.platform.outgoing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which addresses belong to this machine or to the networks around it, where services trust whoever
 * can reach them. What strangers or agents enter may not lead there.
 */
public final class InternalAddresses {
  private static final Duration LOOKUP = Duration.ofSeconds(5);

  /**
   * IANA's special-purpose registry, IPv4; at the end the one public address that clouds misuse.
   */
  private static final List<Network> REFUSED_4 =
      networks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "168.63.129.16/32");

  /** What is unicast and global in IPv6. All else is local, reserved or an old way to IPv4. */
  private static final Network GLOBAL_6 = Network.parse("2000::/3");

  /** Within that: protocols of the IETF with Teredo, documentation, 6to4, documentation again. */
  private static final List<Network> REFUSED_6 =
      networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  /** Stands for an IPv4 address where a network has no IPv4 (RFC 6052). */
  private static final Network NAT64 = Network.parse("64:ff9b::/96");

  /** Asks what a name stands for. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Lookup lookup;
  private final Set<String> exceptedNames = new HashSet<>();
  private final List<Network> exceptedNetworks = new ArrayList<>();

  /**
   * @param excepted what the operator allows in spite of all: names, addresses, networks
   */
  InternalAddresses(List<String> excepted, Lookup lookup) {
    this.lookup = lookup;
    for (String entry : excepted) {
      String plain = entry.strip().toLowerCase(Locale.ROOT);
      try {
        exceptedNetworks.add(Network.parse(plain));
      } catch (IllegalArgumentException e) {
        if (!plain.matches("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")) {
          throw new IllegalStateException(
              "SHOPBELL_ALLOW_INTERNAL_HOSTS: “" + entry + "” is no name, address or network.", e);
        }
        exceptedNames.add(plain);
      }
    }
  }

  /** Whether nothing that strangers or agents enter may be connected to this address. */
  public boolean refuses(InetAddress address) {
    return isInternal(address)
        && exceptedNetworks.stream().noneMatch(network -> network.holds(address));
  }

  /** The same for a host of that name, which may be excepted by it. */
  public boolean refuses(String host, InetAddress address) {
    return refuses(address) && !exceptedNames.contains(plain(host));
  }

  /**
   * Looks a host up, once. Connect to one of what is returned, not to the name: it may stand for
   * something else by then.
   *
   * @param host a name or an address, IPv6 with or without brackets
   * @return at least one address, none of them refused
   * @throws UnknownHostException if it stands for nothing, or the lookup takes over 5 seconds
   * @throws AddressRefused if any of its addresses is internal
   */
  public List<InetAddress> check(String host) throws UnknownHostException, AddressRefused {
    return check(host, LOOKUP);
  }

  List<InetAddress> check(String host, Duration atMost)
      throws UnknownHostException, AddressRefused {
    String plain = plain(host);
    List<InetAddress> addresses = lookUp(plain, atMost.compareTo(LOOKUP) < 0 ? atMost : LOOKUP);
    if (!exceptedNames.contains(plain) && addresses.stream().anyMatch(this::refuses)) {
      throw new AddressRefused("“" + plain + "” is inside of this network and may not be called.");
    }
    return addresses;
  }

  /** Whether the operator allows this host by name, or every address of it. */
  boolean excepts(String host, List<InetAddress> addresses) {
    return exceptedNames.contains(plain(host))
        || addresses.stream()
            .allMatch(
                address -> exceptedNetworks.stream().anyMatch(network -> network.holds(address)));
  }

  private static boolean isInternal(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return REFUSED_4.stream().anyMatch(network -> network.holds(address));
    }
    if (NAT64.holds(address)) {
      return isInternal(lastFour(address));
    }
    return !GLOBAL_6.holds(address)
        || REFUSED_6.stream().anyMatch(network -> network.holds(address));
  }

  private static InetAddress lastFour(InetAddress address) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String plain(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      return name.substring(1, name.length() - 1);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** The system's resolver knows no limit of time, so it is asked from a thread of its own. */
  private List<InetAddress> lookUp(String host, Duration atMost) throws UnknownHostException {
    FutureTask<List<InetAddress>> asked = new FutureTask<>(() -> List.of(lookup.addresses(host)));
    Thread.startVirtualThread(asked);
    List<InetAddress> found;
    try {
      found = asked.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw unknown(host);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host);
    }
    if (found.isEmpty()) {
      throw unknown(host);
    }
    return found;
  }

  private static UnknownHostException unknown(String host) {
    return new UnknownHostException("There is no server “" + host + "”.");
  }

  private static List<Network> networks(String... texts) {
    return Arrays.stream(texts).map(Network::parse).toList();
  }
}
