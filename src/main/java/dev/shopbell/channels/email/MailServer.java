package dev.shopbell.channels.email;

import java.util.Locale;

/** Where a mail account is reached, for reading or for sending. */
record MailServer(String host, int port, Security security) {
  /** How what is said is kept from others. */
  enum Security {
    /** From the first byte on. */
    tls,
    /** Asked for before the password is said; without it nothing is said. */
    starttls,
    /** In the clear: on this machine only. */
    none
  }

  /** In the one form in which it is compared and stored. */
  MailServer normal() {
    return new MailServer(host.strip().toLowerCase(Locale.ROOT), port, security);
  }
}
