package dev.shopbell.channels.email;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses that begin with the same bits: {@code 10.0.0.0/8}, {@code ::1}. */
record Network(byte[] start, int bits) {
  /**
   * @throws IllegalArgumentException if it is none
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    try {
      byte[] start =
          InetAddress.ofLiteral((slash < 0 ? text : text.substring(0, slash)).strip()).getAddress();
      int bits = slash < 0 ? start.length * 8 : Integer.parseInt(text.substring(slash + 1).strip());
      if (bits >= 0 && bits <= start.length * 8) {
        return new Network(start, bits);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "SHOPBELL_MAIL_TRUSTED_PEERS holds addresses and networks like 192.0.2.1 and 10.0.0.0/8, not “"
            + text
            + "”.");
  }

  /**
   * @throws IllegalArgumentException if one of them is none; blank ones are left out
   */
  static List<Network> all(List<String> texts) {
    return texts.stream().filter(text -> !text.isBlank()).map(Network::parse).toList();
  }

  boolean contains(@Nullable InetAddress address) {
    byte[] other = address == null ? new byte[0] : address.getAddress();
    if (other.length != start.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((start[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
