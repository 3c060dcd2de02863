package dev.shopbell.channels.email;

import dev.shopbell.NameServer;
import dev.shopbell.RunningShopbell;
import java.util.Map;

/**
 * The program with a name server of the tests' own. Mail from 127.0.0.1 is from a relay of its own,
 * called mx.shop.example; mail from 127.0.0.2 is from anybody.
 */
final class ShopbellWithDns {
  /** The lock of the classes that use it: they count what the name server is asked. */
  static final String ALONE = "the program with a name server";

  static final NameServer DNS = new NameServer();
  static final ScriptedRelay RELAY = new ScriptedRelay();
  static final RunningShopbell SHOPBELL =
      RunningShopbell.start(
          Map.of(
              "shopbell.dns",
              DNS.address(),
              "shopbell.relay-url",
              RELAY.url(),
              "shopbell.mail-trusted-peers",
              "127.0.0.1",
              "shopbell.mail-trusted-authserv",
              "mx.shop.example"));

  private ShopbellWithDns() {}
}
