package dev.shopbell.channels.email;

import dev.shopbell.platform.dns.Dns;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds out who keeps the mailbox of an address: by its domain, else by what the DNS says of it.
 */
@Component
class MailProviders {
  /** A DNS server that does not answer holds an owner up no longer than that. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Dns dns;

  MailProviders(Dns dns) {
    this.dns = dns;
  }

  MailProvider of(String address) {
    String domain =
        address.substring(address.lastIndexOf('@') + 1).strip().toLowerCase(Locale.ROOT);
    MailProvider known = MailProvider.ofDomain(domain);
    if (known != null) {
      return known;
    }
    Dns.Lookup lookup = dns.within(PATIENCE);
    for (String exchanger : lookup.ask(Dns.Type.MX, domain).values()) {
      MailProvider provider = MailProvider.ofExchanger(exchanger);
      if (provider != null) {
        return provider;
      }
    }
    MailProvider generic = MailProvider.generic(domain);
    MailServer imap = service(lookup, "_imaps._tcp." + domain);
    MailServer smtp = service(lookup, "_submissions._tcp." + domain);
    return generic.with(imap == null ? generic.imap() : imap, smtp == null ? generic.smtp() : smtp);
  }

  /** The best of the SRV records of RFC 6186: "priority weight port host". */
  private static @Nullable MailServer service(Dns.Lookup lookup, String name) {
    return lookup.ask(Dns.Type.SRV, name).values().stream()
        .map(record -> record.split(" ", -1))
        .filter(parts -> parts.length == 4 && parts[3].length() > 1)
        .min(Comparator.comparingInt(parts -> Integer.parseInt(parts[0])))
        .map(parts ->
            new MailServer(
                    parts[3].replaceAll("\\.$", ""),
                    Integer.parseInt(parts[2]),
                    MailServer.Security.tls)
                .normal())
        .orElse(null);
  }
}
