package dev.shopbell.channels.email;

import dev.shopbell.platform.Settings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The mail server that carries our mail on, from {@code SHOPBELL_RELAY_URL}. */
@Component
class Relay {
  private static final String TIMEOUT_MILLIS = "30000";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private static final int CONNECT = 15_000;
  private static final int SILENCE = 30_000;

  private final @Nullable Server server;

  Relay(Settings settings) {
    this.server = settings.relayUrl().isEmpty() ? null : parse(settings.relayUrl());
  }

  /**
   * The server of a mail account, which an owner has named: it is held out of internal networks.
   *
   * @param byToken whether the password is an access token
   */
  record Account(MailServer server, InternalHosts hosts, boolean byToken) {}

  /**
   * @param tls from the first byte on; else by STARTTLS where it is offered
   * @param account null for the relay
   */
  record Server(
      String host,
      int port,
      boolean tls,
      @Nullable String user,
      @Nullable String password,
      @Nullable Account account) {
    /** Fit to be shown: without the password. */
    String shown() {
      return (tls ? "smtps://" : "smtp://") + host + ":" + port;
    }

    String protocol() {
      return tls ? "smtps" : "smtp";
    }

    Properties properties() {
      String prefix = "mail." + protocol() + ".";
      Properties properties =
          account == null
              ? new Properties()
              : account.hosts().properties(protocol(), account.server(), CONNECT, SILENCE);
      if (account != null && account.byToken()) {
        properties.setProperty(prefix + "auth.mechanisms", "XOAUTH2");
      }
      properties.setProperty(prefix + "host", host);
      properties.setProperty(prefix + "port", Integer.toString(port));
      properties.setProperty(prefix + "auth", Boolean.toString(user != null));
      properties.setProperty(prefix + "connectiontimeout", TIMEOUT_MILLIS);
      properties.setProperty(prefix + "timeout", TIMEOUT_MILLIS);
      properties.setProperty(prefix + "writetimeout", TIMEOUT_MILLIS);
      properties.setProperty(prefix + "ssl.checkserveridentity", "true");
      properties.setProperty(prefix + "starttls.enable", "true");
      // A password never leaves the machine in the clear.
      properties.setProperty(
          prefix + "starttls.required",
          Boolean.toString(!tls && user != null && !LOOPBACK.contains(host)));
      // The library would write the parts anew for a server that takes 8 bits, after they are
      // signed.
      properties.setProperty(prefix + "allow8bitmime", "false");
      // One wrong address of several keeps the mail from nobody else.
      properties.setProperty(prefix + "sendpartial", "true");
      properties.setProperty(prefix + "quitwait", "false");
      return properties;
    }
  }

  Optional<Server> server() {
    return Optional.ofNullable(server);
  }

  /**
   * @throws IllegalArgumentException if it is no address of a relay
   */
  static Server parse(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
    boolean tls = "smtps".equals(uri.getScheme());
    if ((!tls && !"smtp".equals(uri.getScheme())) || uri.getHost() == null) {
      throw wrong();
    }
    String info = uri.getRawUserInfo();
    int colon = info == null ? -1 : info.indexOf(':');
    return new Server(
        uri.getHost(),
        uri.getPort() > 0 ? uri.getPort() : tls ? 465 : 25,
        tls,
        info == null ? null : decoded(colon < 0 ? info : info.substring(0, colon)),
        colon < 0 || info == null ? null : decoded(info.substring(colon + 1)),
        null);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "SHOPBELL_RELAY_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465;"
            + " write special characters of the password as %40 and the like.");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
