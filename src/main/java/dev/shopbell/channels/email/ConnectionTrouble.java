package dev.shopbell.channels.email;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Why a mail server could not be used, in words for whoever has to mend it.
 *
 * @param words what happened and what to do
 */
record ConnectionTrouble(Kind kind, String words) {
  enum Kind {
    host_unknown,
    internal_host,
    timed_out,
    not_listening,
    certificate,
    wrong_security,
    wrong_password,
    app_password_needed,
    imap_disabled,
    access_withdrawn,
    busy,
    other
  }

  private static final Pattern APP_PASSWORD =
      Pattern.compile(
          "application-specific|app[- ]?(specific )?password|second ?factor|web ?login|weblogin");
  private static final Pattern IMAP_OFF =
      Pattern.compile(
          "(imap|pop).{0,60}(disabled|not enabled|not allowed|deactivated|deaktiviert|nicht (aktiviert|freigeschaltet))|"
              + "(enable|turn on|aktivieren).{0,20}imap|not enabled for imap|basic ?auth(entication)? is (disabled|blocked)");
  private static final Pattern BUSY =
      Pattern.compile(
          "\\[unavailable]|\\[inuse]|\\[limit]|\\[overquota]|too many|try again later|temporar");

  /** What IMAP answers begin with, which tells people nothing. */
  private static final Pattern TAG = Pattern.compile("^[A-Z]+\\d+ (?:NO|BAD) ");

  private static final int LONGEST = 300;

  /** The server has answered our name and password with no. */
  static final class LoginRefused extends Exception {
    private static final long serialVersionUID = 1;

    LoginRefused(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Google or Microsoft give us no access any more. */
  static final class AccessWithdrawn extends Exception {
    private static final long serialVersionUID = 1;

    AccessWithdrawn(String words) {
      super(words);
    }
  }

  /** Whether trying again is of no use until somebody has changed something. */
  boolean needsSomebody() {
    return switch (kind) {
      case wrong_password, app_password_needed, imap_disabled, access_withdrawn, internal_host ->
          true;
      case host_unknown, timed_out, not_listening, certificate, wrong_security, busy, other ->
          false;
    };
  }

  static ConnectionTrouble of(Exception e, MailServer server) {
    String where = server.host() + ", port " + server.port();
    for (Throwable cause : causes(e)) {
      ConnectionTrouble known =
          switch (cause) {
            case InternalHosts.Refused refused ->
                new ConnectionTrouble(
                    Kind.internal_host,
                    server.security() == MailServer.Security.none
                        ? "Without encryption only a server on this machine is spoken to."
                        : refused.getMessage()
                            + " If that is meant so, whoever runs Shopbell names it in SHOPBELL_ALLOW_INTERNAL_HOSTS.");
            case UnknownHostException unknown ->
                new ConnectionTrouble(
                    Kind.host_unknown,
                    "There is no server named " + server.host() + ". Check how it is spelled.");
            case SocketTimeoutException timeout ->
                new ConnectionTrouble(
                    Kind.timed_out,
                    where
                        + " does not answer. A firewall may be in between, or the port is wrong.");
            case NoRouteToHostException noWay ->
                new ConnectionTrouble(
                    Kind.timed_out,
                    "There is no way to " + where + ". A firewall may be in between.");
            case ConnectException refused ->
                new ConnectionTrouble(
                    Kind.not_listening,
                    "Nothing answers at " + where + ". Check the name and the port.");
            case CertificateException certificate -> certificate(server);
            case SSLPeerUnverifiedException other -> certificate(server);
            case SSLException ssl ->
                String.valueOf(ssl.getMessage()).contains("certif")
                    ? certificate(server)
                    : security(server);
            case AccessWithdrawn withdrawn ->
                new ConnectionTrouble(
                    Kind.access_withdrawn, String.valueOf(withdrawn.getMessage()));
            case LoginRefused login -> login(String.valueOf(login.getMessage()), server);
            case AuthenticationFailedException login ->
                login(String.valueOf(login.getMessage()), server);
            default -> null;
          };
      if (known != null) {
        return known;
      }
    }
    String said = said(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    return said.toUpperCase(Locale.ROOT).contains("STARTTLS")
        ? security(server)
        : new ConnectionTrouble(Kind.other, where + " broke off: " + said);
  }

  private static ConnectionTrouble certificate(MailServer server) {
    return new ConnectionTrouble(
        Kind.certificate,
        "The certificate of "
            + server.host()
            + " is not to be trusted: it has run out, is of another name, or nobody known has signed it."
            + " Use the name that the certificate bears.");
  }

  private static ConnectionTrouble security(MailServer server) {
    return new ConnectionTrouble(
        Kind.wrong_security,
        server.host()
            + " does not encrypt on port "
            + server.port()
            + " in the chosen way. TLS is usual on 993 and 465, STARTTLS on 143 and 587.");
  }

  private static ConnectionTrouble login(String answer, MailServer server) {
    String lower = answer.toLowerCase(Locale.ROOT);
    MailProvider provider = MailProvider.ofServer(server);
    String said = " It said: " + said(answer);
    if (BUSY.matcher(lower).find()) {
      return new ConnectionTrouble(
          Kind.busy, server.host() + " lets nobody in at the moment. We try again." + said);
    }
    if (lower.contains("unsupported or unrecognized") || lower.contains("logindisabled")) {
      return security(server);
    }
    if (IMAP_OFF.matcher(lower).find()) {
      return new ConnectionTrouble(
          Kind.imap_disabled,
          "Reading by IMAP is switched off in this account: switch it on in the settings of the mail provider."
              + said);
    }
    if (APP_PASSWORD.matcher(lower).find()
        || (provider != null && provider.appPassword() != null)) {
      String how = provider == null ? null : provider.appPassword();
      return new ConnectionTrouble(
          Kind.app_password_needed,
          "The password was refused. "
              + (provider == null ? "This provider" : provider.name())
              + " wants an app password here, not the one you sign in with."
              + (how == null ? "" : " " + how)
              + said);
    }
    return new ConnectionTrouble(
        Kind.wrong_password, server.host() + " refuses the user name or the password." + said);
  }

  private static String said(String answer) {
    String line = TAG.matcher(answer.replaceAll("\\s+", " ").strip()).replaceFirst("");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  private static List<Throwable> causes(Throwable e) {
    List<Throwable> all = new ArrayList<>();
    List<@Nullable Throwable> waiting = new ArrayList<>(List.of(e));
    while (!waiting.isEmpty() && all.size() < 20) {
      Throwable one = waiting.removeFirst();
      if (one != null && !all.contains(one)) {
        all.add(one);
        waiting.add(one.getCause());
        waiting.add(one instanceof MessagingException mail ? mail.getNextException() : null);
      }
    }
    return all;
  }
}
