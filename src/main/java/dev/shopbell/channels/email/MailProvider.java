package dev.shopbell.channels.email;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the accounts of well-known mail providers are reached. From their own help pages; each may
 * be changed by whoever connects a mailbox.
 *
 * @param id never changes
 * @param domains of addresses that are surely its
 * @param exchangers ends of the names of its mail exchangers, by which it is known behind other
 *     domains
 * @param auth the ways to sign in that it offers, the best first
 * @param appPassword how to get the password of its own that it wants; null where the usual one
 *     does
 * @param note what an owner has to do or know beforehand
 */
record MailProvider(
    String id,
    String name,
    List<String> domains,
    List<String> exchangers,
    MailServer imap,
    MailServer smtp,
    List<MailAccount.Auth> auth,
    @Nullable String appPassword,
    @Nullable String note) {

  private static final List<MailAccount.Auth> PASSWORD = List.of(MailAccount.Auth.password);

  static final List<MailProvider> ALL =
      List.of(
          new MailProvider(
              "google",
              "Gmail and Google Workspace",
              List.of("gmail.com", "googlemail.com"),
              List.of(".google.com", ".googlemail.com"),
              tls("imap.gmail.com", 993),
              tls("smtp.gmail.com", 465),
              List.of(MailAccount.Auth.password, MailAccount.Auth.google),
              "Switch on two-step verification, then make one at myaccount.google.com/apppasswords.",
              "With an app password it is done in a minute. A Workspace may forbid these; then sign in with Google."),
          new MailProvider(
              "microsoft",
              "Microsoft 365 and Outlook.com",
              List.of(
                  "outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "hotmail.de"),
              List.of(".outlook.com", ".office365.us"),
              tls("outlook.office365.com", 993),
              starttls("smtp.office365.com", 587),
              List.of(MailAccount.Auth.microsoft),
              null,
              "Microsoft lets no password in any more: sign in with Microsoft. IMAP and authenticated SMTP must be on for the mailbox."),
          new MailProvider(
              "icloud",
              "iCloud Mail",
              List.of("icloud.com", "me.com", "mac.com"),
              List.of(".icloud.com"),
              tls("imap.mail.me.com", 993),
              starttls("smtp.mail.me.com", 587),
              PASSWORD,
              "Make an app-specific password at account.apple.com.",
              null),
          new MailProvider(
              "yahoo",
              "Yahoo Mail",
              List.of("yahoo.com", "yahoo.de", "yahoo.co.uk", "yahoo.fr", "ymail.com", "aol.com"),
              List.of(".yahoodns.net"),
              tls("imap.mail.yahoo.com", 993),
              tls("smtp.mail.yahoo.com", 465),
              PASSWORD,
              "Make one under Account security, Generate app password.",
              null),
          new MailProvider(
              "gmx",
              "GMX",
              List.of("gmx.de", "gmx.net", "gmx.at", "gmx.ch"),
              List.of(".gmx.net"),
              tls("imap.gmx.net", 993),
              tls("mail.gmx.net", 465),
              PASSWORD,
              null,
              "Allow reading by IMAP in the settings of GMX first. With two-factor sign-in it wants an app password."),
          new MailProvider(
              "webde",
              "WEB.DE",
              List.of("web.de", "email.de"),
              List.of(".web.de"),
              tls("imap.web.de", 993),
              tls("smtp.web.de", 465),
              PASSWORD,
              null,
              "Allow reading by IMAP in the settings of WEB.DE first. With two-factor sign-in it wants an app password."),
          new MailProvider(
              "ionos",
              "IONOS",
              List.of(),
              List.of(".ionos.com", ".ionos.de", ".kundenserver.de", ".1and1.com"),
              tls("imap.ionos.com", 993),
              tls("smtp.ionos.com", 465),
              PASSWORD,
              null,
              null),
          new MailProvider(
              "strato",
              "Strato",
              List.of(),
              List.of(".rzone.de", ".strato.de"),
              tls("imap.strato.de", 993),
              tls("smtp.strato.de", 465),
              PASSWORD,
              null,
              null),
          new MailProvider(
              "ovh",
              "OVHcloud",
              List.of(),
              List.of(".ovh.net", ".mail.ovh.net"),
              tls("ssl0.ovh.net", 993),
              tls("ssl0.ovh.net", 465),
              PASSWORD,
              null,
              null),
          new MailProvider(
              "fastmail",
              "Fastmail",
              List.of("fastmail.com", "fastmail.fm"),
              List.of(".messagingengine.com"),
              tls("imap.fastmail.com", 993),
              tls("smtp.fastmail.com", 465),
              PASSWORD,
              "Make one under Settings, Privacy and Security, App passwords.",
              null),
          new MailProvider(
              "zoho",
              "Zoho Mail",
              List.of("zoho.com", "zohomail.com", "zohomail.eu", "zoho.eu"),
              List.of(".zoho.com", ".zoho.eu"),
              tls("imappro.zoho.com", 993),
              tls("smtppro.zoho.com", 465),
              PASSWORD,
              null,
              "Switch IMAP on in Zoho Mail first. Accounts in Europe use imappro.zoho.eu and smtppro.zoho.eu."),
          new MailProvider(
              "proton",
              "Proton Mail Bridge",
              List.of("proton.me", "protonmail.com", "pm.me"),
              List.of(".protonmail.ch"),
              new MailServer("127.0.0.1", 1143, MailServer.Security.starttls),
              new MailServer("127.0.0.1", 1025, MailServer.Security.starttls),
              PASSWORD,
              "Use the password that Proton Mail Bridge shows for the mailbox.",
              "Proton Mail Bridge must run where Shopbell runs, be named in SHOPBELL_ALLOW_INTERNAL_HOSTS, and its certificate be trusted there."),
          new MailProvider(
              "mailboxorg",
              "mailbox.org",
              List.of("mailbox.org"),
              List.of(".mailbox.org"),
              tls("imap.mailbox.org", 993),
              tls("smtp.mailbox.org", 465),
              PASSWORD,
              null,
              null));

  /** By their own help pages; of all others it is not sure. */
  private static final Set<String> TAGS =
      Set.of("google", "microsoft", "icloud", "fastmail", "proton", "mailboxorg", "zoho");

  /** Whether {@code name+anything@…} reaches the mailbox of {@code name@…}. */
  boolean takesTags() {
    return TAGS.contains(id);
  }

  /**
   * The names under which it writes what it found out about a sender into the mail, taking those
   * that others have written out of it; empty text for Microsoft, which names itself nowhere.
   */
  Set<String> authenticationServers() {
    return switch (id) {
      case "google" -> Set.of("mx.google.com");
      case "microsoft" -> Set.of("");
      default -> Set.of();
    };
  }

  static @Nullable MailProvider ofDomain(String domain) {
    return first(provider -> provider.domains().contains(domain));
  }

  static @Nullable MailProvider ofExchanger(String name) {
    String end = "." + name.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
    return first(provider -> provider.exchangers().stream().anyMatch(end::endsWith));
  }

  static @Nullable MailProvider ofServer(MailServer server) {
    return first(provider -> provider.imap().equals(server) || provider.smtp().equals(server));
  }

  /** What is usual where nothing is known. */
  static MailProvider generic(String domain) {
    return new MailProvider(
        "generic",
        "Another provider",
        List.of(),
        List.of(),
        tls("imap." + domain, 993),
        tls("smtp." + domain, 465),
        PASSWORD,
        null,
        "A guess: your provider's help names the servers for IMAP and SMTP.");
  }

  MailProvider with(MailServer imapServer, MailServer smtpServer) {
    return new MailProvider(
        id, name, domains, exchangers, imapServer, smtpServer, auth, appPassword, note);
  }

  private static @Nullable MailProvider first(
      java.util.function.Predicate<MailProvider> condition) {
    return ALL.stream().filter(condition).findFirst().orElse(null);
  }

  private static MailServer tls(String host, int port) {
    return new MailServer(host, port, MailServer.Security.tls);
  }

  private static MailServer starttls(String host, int port) {
    return new MailServer(host, port, MailServer.Security.starttls);
  }
}
