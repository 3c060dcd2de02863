package dev.shopbell.channels.email;

import dev.shopbell.conversations.ErasedMessages;
import dev.shopbell.customers.Person;
import dev.shopbell.customers.PersonExport;
import dev.shopbell.customers.PersonalData;
import dev.shopbell.platform.files.LeavingFiles;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A person's mail as it arrived, and what agents have said of it. */
@Component
class MailPersonalData implements PersonalData, ErasedMessages {
  private static final int BATCH = 100;

  private final JdbcClient jdbc;
  private final Originals originals;
  private final SpamMemory memory;
  private final LeavingFiles leaving;
  private final TransactionTemplate transaction;
  private final Clock clock;

  MailPersonalData(
      JdbcClient jdbc,
      Originals originals,
      SpamMemory memory,
      LeavingFiles leaving,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.originals = originals;
    this.memory = memory;
    this.leaving = leaving;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public void export(Person person, PersonExport export) throws IOException {
    List<Long> messages =
        jdbc.sql(
                """
                select distinct message.id from stored_mail
                join message on message.id = stored_mail.message_id
                join conversation on conversation.id = message.conversation_id
                where conversation.customer_id = any(?) and stored_mail.state = 'taken' order by message.id
                """)
            .param(person.customerIds().toArray(Long[]::new))
            .query(Long.class)
            .list();
    for (long message : messages) {
      MailSource source = originals.source(message).orElse(null);
      if (source != null) {
        export.file(
            "originals/" + message + ".eml",
            out -> {
              try (InputStream raw = source.open()) {
                raw.transferTo(out);
              }
            });
      }
    }
  }

  /** Mail that no message was read from; that of messages goes with them. */
  @Override
  public void erase(Person person) {
    List<Long> mails =
        person.addresses().isEmpty()
            ? List.of()
            : Objects.requireNonNull(transaction.execute(status -> unread(person)));
    for (int from = 0; from < mails.size(); from += BATCH) {
      Long[] piece = mails.subList(from, Math.min(from + BATCH, mails.size())).toArray(Long[]::new);
      transaction.executeWithoutResult(status ->
          leaving.add(files("delete from stored_mail where id = any(?) returning file", piece)));
    }
    transaction.executeWithoutResult(status -> memory.forget(person.brandId(), person.addresses()));
  }

  /** By the sender of the envelope and the header; a copy of an answer of ours by whom it names. */
  private List<Long> unread(Person person) {
    jdbc.sql("select set_config('statement_timeout', '600000', true)").query(String.class).single();
    return jdbc.sql(
            """
            select id from stored_mail
            cross join lateral (select lower(encode(coalesce(raw, ''), 'escape')) as text) as mail
            where brand_id = :brand and message_id is null and received_at <= :until and (
              lower(envelope_from) = any(:addresses)
              or exists (select from unnest(:addresses::text[]) as one (address) where position(address in
                case when state = 'echo' then mail.text
                  else coalesce(substring(mail.text from '(?:^|\\n)from:[^\\n]*(?:\\n[ \\t][^\\n]*)*'), '') end) > 0))
            order by id
            """)
        .param("brand", person.brandId())
        .param("until", person.until().atOffset(ZoneOffset.UTC))
        .param("addresses", person.addresses().toArray(String[]::new))
        .query(Long.class)
        .list();
  }

  @Override
  public void forget(Collection<Long> messageIds, Instant until) {
    Long[] ids = messageIds.toArray(Long[]::new);
    jdbc.sql(
            """
            update stored_mail set state = 'new', message_id = null, attempts = 0, due_at = :now
            where message_id = any(:ids) and state = 'taken' and received_at > :until
            """)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("ids", ids)
        .param("until", until.atOffset(ZoneOffset.UTC))
        .update();
    leaving.add(files("delete from stored_mail where message_id = any(?) returning file", ids));
    jdbc.sql("delete from split_case where message_id = any(?)").param(ids).update();
  }

  private List<String> files(String sql, Long[] ids) {
    return jdbc
        .sql(sql)
        .param(ids)
        .query((row, n) -> Optional.ofNullable(row.getString("file")))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }
}
