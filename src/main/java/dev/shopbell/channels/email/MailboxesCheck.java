package dev.shopbell.channels.email;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the mail accounts that are read let us in. */
@Component
class MailboxesCheck implements Check {
  private final JdbcClient jdbc;

  MailboxesCheck(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String checkName() {
    return "mailboxes";
  }

  private record Counts(long all, long refused, long silent) {}

  @Override
  public Finding look() {
    Counts counts =
        jdbc.sql(
                """
                select count(*), count(*) filter (where state = 'refused'), count(*) filter (where state = 'silent')
                from mail_account where not paused
                """)
            .query((row, n) -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3)))
            .single();
    if (counts.refused() > 0) {
      return Finding.broken(
          "{refused} mailboxes refuse us: their password or consent is no longer good.",
          "Open Settings, Mailboxes, and connect them anew. Their mail waits on the server until then.",
          Map.of("refused", counts.refused()));
    }
    return counts.silent() > 0
        ? Finding.broken(
            "The servers of {silent} mailboxes do not answer.",
            "Settings, Mailboxes, says what they said last. Their mail is fetched as soon as they answer again.",
            Map.of("silent", counts.silent()))
        : Finding.well(
            counts.all() == 0
                ? "No mailboxes are read by IMAP."
                : "All {mailboxes} mailboxes that are read answer.",
            Map.of("mailboxes", counts.all()));
  }
}
