package dev.shopbell.platform.outgoing;

import java.net.InetAddress;

/** A range of addresses, of one family: {@code 10.0.0.0/8}, {@code fc00::/7}. */
record Network(InetAddress base, int bits) {
  /**
   * @param text an address, or an address and the length of its prefix
   * @throws IllegalArgumentException if it is neither
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int most = base.getAddress().length * 8;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("A prefix of " + text + " has 0 to " + most + " bits.");
    }
    return new Network(base, bits);
  }

  boolean holds(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
