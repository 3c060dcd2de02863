package dev.shopbell.platform.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternalAddressesTest {
  private final InternalAddresses addresses =
      new InternalAddresses(List.of(), InetAddress::getAllByName);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:a00:1",
        "::ffff:0:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:a00:1::1",
        "2002:7f00:1::",
        "2001:0:a00:1::",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "5f00::1"
      })
  void refusesWhatIsInsideInAnyForm(String address) throws IOException {
    assertThat(addresses.refuses(InetAddress.ofLiteral(address))).isTrue();
    assertThatThrownBy(() -> addresses.check(address)).isInstanceOf(AddressRefused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::101:101"})
  void admitsWhatIsOutside(String address) throws IOException {
    assertThat(addresses.refuses(InetAddress.ofLiteral(address))).isFalse();
    assertThat(addresses.check(address)).containsExactly(InetAddress.ofLiteral(address));
  }

  /** Some the resolver takes for 127.0.0.1, some for nothing: none is ever called. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST.",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "127.1",
        "127.0.0.1.",
        "[::1]",
        "[::ffff:7f00:1]",
        "[fe80::1%1]"
      })
  void refusesTheManySpellingsOfThisMachine(String host) {
    assertThatThrownBy(() -> addresses.check(host))
        .isInstanceOfAny(AddressRefused.class, UnknownHostException.class);
  }

  @Property(tries = 500)
  void whatIsInsideAsIpv4IsInsideAsIpv6(@ForAll @Size(4) byte[] four) throws IOException {
    boolean inside = addresses.refuses(InetAddress.getByAddress(four));
    String hex =
        "%02x%02x:%02x%02x".formatted(four[0] & 255, four[1] & 255, four[2] & 255, four[3] & 255);
    assertThat(addresses.refuses(InetAddress.ofLiteral("::ffff:" + hex))).isEqualTo(inside);
    assertThat(addresses.refuses(InetAddress.ofLiteral("64:ff9b::" + hex))).isEqualTo(inside);
    for (String old : List.of("::" + hex, "2002:" + hex + "::1", "2001:0:" + hex + "::1")) {
      assertThat(addresses.refuses(InetAddress.ofLiteral(old))).isTrue();
    }
  }

  @Test
  void oneInternalAddressAmongManyIsEnoughToRefuse() {
    InternalAddresses mixed =
        new InternalAddresses(
            List.of(),
            host ->
                new InetAddress[] {
                  InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("10.0.0.1")
                });
    assertThatThrownBy(() -> mixed.check("mixed.example")).isInstanceOf(AddressRefused.class);
  }

  @Test
  void theOperatorExceptsNamesAddressesAndNetworks() throws IOException {
    InternalAddresses some =
        new InternalAddresses(
            List.of("Shop.intern", "10.1.0.0/16", "fd00::1"),
            host ->
                new InetAddress[] {
                  InetAddress.ofLiteral(host.endsWith("intern") ? "192.168.0.7" : host)
                });
    assertThat(some.check("shop.INTERN.")).hasSize(1);
    assertThat(some.check("10.1.255.1")).hasSize(1);
    assertThat(some.check("[fd00::1]")).hasSize(1);
    // the name is excepted, not what it stands for
    assertThatThrownBy(() -> some.check("192.168.0.7")).isInstanceOf(AddressRefused.class);
    assertThatThrownBy(() -> some.check("other.intern")).isInstanceOf(AddressRefused.class);
    assertThatThrownBy(() -> some.check("10.2.0.1")).isInstanceOf(AddressRefused.class);
    assertThatThrownBy(() -> some.check("fd00::2")).isInstanceOf(AddressRefused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "http://shop", "10.0.0.0/x", "a b"})
  void anExceptionThatCannotBeReadStopsTheStart(String entry) {
    assertThatThrownBy(() -> new InternalAddresses(List.of(entry), InetAddress::getAllByName))
        .hasMessageContaining("SHOPBELL_ALLOW_INTERNAL_HOSTS");
  }
}
