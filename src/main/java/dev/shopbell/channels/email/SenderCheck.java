package dev.shopbell.channels.email;

import dev.shopbell.channels.email.authentication.DkimVerifier;
import dev.shopbell.channels.email.authentication.Dmarc;
import dev.shopbell.channels.email.authentication.Domains;
import dev.shopbell.channels.email.authentication.RawHead;
import dev.shopbell.channels.email.authentication.SenderVerdict;
import dev.shopbell.channels.email.authentication.Spf;
import dev.shopbell.conversations.Authentication;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.dns.Dns;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds out whether a mail comes from whom it names, while its sender waits: in seconds, whatever
 * the name servers do, and never to refuse it. Behind a relay of our own the sending server is out
 * of sight; there counts what the relay wrote into the mail, and else a signature.
 */
@Component
class SenderCheck {
  private static final Logger log = LoggerFactory.getLogger(SenderCheck.class);
  private static final Duration LIMIT = Duration.ofSeconds(4);

  private final List<Network> relays;
  private final List<String> trustedServers;
  private final Dns dns;
  private final Clock clock;

  SenderCheck(Settings settings, Dns dns, Clock clock) {
    this.relays = Network.all(settings.mailTrustedPeers());
    this.trustedServers =
        settings.mailTrustedAuthserv().stream().filter(name -> !name.isBlank()).toList();
    this.dns = dns;
    this.clock = clock;
  }

  /**
   * What is found out about a mail that a server hands over now. Null where there is nothing to go
   * by at all, so that mail of a relay that says nothing costs nothing.
   *
   * @param from the envelope sender
   */
  @Nullable Authentication arrived(
      @Nullable InetAddress peer, @Nullable String helo, @Nullable String from, MailSource mail) {
    try (InputStream in = new BufferedInputStream(mail.open(), 16 * 1024)) {
      RawHead head = RawHead.read(in);
      boolean relayed = relays.stream().anyMatch(network -> network.contains(peer));
      if (!relayed) {
        return judged(head, in, peer, helo, from);
      }
      Optional<Authentication> told = ofUpstream(head, trustedServers);
      if (told.isPresent()) {
        return told.get();
      }
      return head.has("dkim-signature") ? judged(head, in, null, helo, from) : null;
    } catch (IOException | RuntimeException e) {
      log.warn("The sender of a mail could not be checked", e);
      return new Authentication(
          Authentication.Verdict.unknown,
          "Whether it is from whom it names could not be checked.",
          null,
          null,
          null,
          null);
    }
  }

  /**
   * @param peer null where the sending server is out of sight
   */
  private Authentication judged(
      RawHead head,
      InputStream body,
      @Nullable InetAddress peer,
      @Nullable String helo,
      @Nullable String from)
      throws IOException {
    Sender sender = sender(head);
    if (sender.domain() == null) {
      return SenderVerdict.withoutSender(sender.several());
    }
    Dns.Lookup lookup = dns.within(LIMIT);
    List<DkimVerifier.Result> signatures = DkimVerifier.verify(head, body, lookup, clock.instant());
    Dmarc.Answer policy = Dmarc.ask(sender.domain(), lookup);
    Spf.Result server = peer == null ? null : Spf.check(literal(peer), from, helo, lookup);
    return SenderVerdict.of(sender.domain(), server, signatures, policy);
  }

  private static String literal(InetAddress peer) {
    String text = peer.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  /**
   * What a trusted server found out about a mail, by its Authentication-Results. Asks nobody.
   *
   * @param head the mail from its first byte, at least up to the empty line
   * @param servers names (authserv-ids) of the servers that are trusted, such as {@code
   *     mx.google.com}; empty text for one that names itself nowhere, as Microsoft's
   */
  static Optional<Authentication> ofUpstream(byte[] head, Collection<String> servers) {
    try {
      return ofUpstream(RawHead.read(new ByteArrayInputStream(head)), servers);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Authentication> ofUpstream(RawHead head, Collection<String> servers) {
    Sender sender = sender(head);
    if (sender.several()) {
      return Optional.of(SenderVerdict.withoutSender(true));
    }
    return sender.domain() == null
        ? Optional.empty()
        : SenderVerdict.ofUpstream(sender.domain(), head, servers);
  }

  /**
   * @param domain null where there is no one sender
   */
  private record Sender(@Nullable String domain, boolean several) {}

  /**
   * Two From lines, or two people in one: a reader would be shown one, and another be vouched for.
   */
  private static Sender sender(RawHead head) {
    List<MailAddress> named =
        head.values("from").stream().flatMap(value -> AddressHeader.parse(value).stream()).toList();
    return named.size() == 1
        ? new Sender(Domains.of(named.getFirst().address()), false)
        : new Sender(null, named.size() > 1);
  }

  /**
   * What was found out, as it applies to whom the inbox shows as the author. That may be somebody
   * else than From names, and for them nothing was shown; a forgery stays one.
   */
  static @Nullable Authentication asOf(
      @Nullable Authentication found, @Nullable MailAddress author, @Nullable MailAddress from) {
    if (found == null
        || author == null
        || found.verdict() == Authentication.Verdict.failed
        || (from != null && from.address().equalsIgnoreCase(author.address()))) {
      return found;
    }
    return new Authentication(
        Authentication.Verdict.none,
        "The mail was sent by "
            + (found.domain() == null ? "somebody else" : found.domain())
            + " in the name of this address.",
        found.domain(),
        found.spf(),
        found.dkim(),
        found.dmarc());
  }
}
