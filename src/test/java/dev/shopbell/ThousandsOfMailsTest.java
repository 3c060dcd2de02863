package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two thousand mails of all kinds at once, in any order: none is lost and none doubled. */
class ThousandsOfMailsTest {
  private static final int ORIGINALS = 1_000;
  private static final int REPLIES = 500;
  private static final int DUPLICATES = 250;
  private static final int BROKEN = 150;
  private static final int WITHOUT_ID = 100;
  private static final int SENDERS = 8;

  private record Sent(String from, byte[] raw) {}

  private static String person(int number) {
    return "person" + number + "@customers.example";
  }

  private static Sent sent(Mail mail) {
    return new Sent(mail.envelopeFrom(), mail.raw().getBytes(StandardCharsets.UTF_8));
  }

  /** Each says its own name as its whole text, the broken ones excepted. */
  private static List<Sent> mails(Random random) {
    List<Sent> mails = new ArrayList<>();
    for (int i = 0; i < ORIGINALS; i++) {
      mails.add(
          sent(
              Mail.with(
                  person(i), Inbox.SHOP, "Order", "original " + i, Inbox.bears("o" + i + "@x"))));
    }
    for (int i = 0; i < REPLIES; i++) {
      mails.add(
          sent(
              Mail.with(
                  person(i),
                  Inbox.SHOP,
                  "Re: Order",
                  "reply " + i,
                  Inbox.bears("r" + i + "@x"),
                  Inbox.answers("o" + i + "@x"))));
    }
    for (int i = 0; i < DUPLICATES; i++) {
      mails.add(mails.get(i * 5));
    }
    for (int i = 0; i < WITHOUT_ID; i++) {
      mails.add(sent(Mail.with(person(i % 10), Inbox.SHOP, "No id", "without id " + i)));
    }
    for (int i = 0; i < BROKEN; i++) {
      byte[] raw = new byte[300 + i];
      random.nextBytes(raw);
      for (int at = 0; at < raw.length; at++) {
        raw[at] = raw[at] == '\r' || raw[at] == '\n' || raw[at] == '.' ? (byte) '-' : raw[at];
      }
      mails.add(new Sent("broken" + i + "@customers.example", raw));
    }
    Collections.shuffle(mails, random);
    return mails;
  }

  @Test
  void eachIsInExactlyOneConversation() throws Exception {
    List<Sent> mails = mails(new Random(2_000));
    assertThat(mails).hasSize(2_000);
    try (RunningShopbell shopbell = RunningShopbell.start(Map.of())) {
      long started = System.nanoTime();
      try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
        List<Future<Mail.Reply>> replies = new ArrayList<>();
        for (Sent mail : mails) {
          replies.add(
              senders.submit(() ->
                  Mail.send(shopbell.smtpPort(), mail.from(), List.of(Inbox.SHOP), mail.raw())));
        }
        for (Future<Mail.Reply> reply : replies) {
          assertThat(reply.get().code()).isEqualTo(250);
        }
      }
      new Inbox(shopbell).settle();
      System.out.printf("2,000 mails in %s%n", Duration.ofNanos(System.nanoTime() - started));
      assertAllThereOnce(shopbell.bean(JdbcClient.class));
    }
  }

  private static void assertAllThereOnce(JdbcClient jdbc) {
    int distinct = ORIGINALS + REPLIES + WITHOUT_ID + BROKEN;
    Map<String, Long> outcomes = new HashMap<>();
    jdbc.sql("select state, count(*) from stored_mail group by state")
        .query(row -> {
          outcomes.put(row.getString(1), row.getLong(2));
        });
    assertThat(outcomes)
        .isEqualTo(Map.of("taken", (long) distinct, "duplicate", (long) DUPLICATES));
    assertThat(
            number(
                jdbc, "select count(distinct message_id) from stored_mail where state = 'taken'"))
        .isEqualTo(distinct);
    assertThat(number(jdbc, "select count(*) from message")).isEqualTo(distinct);
    assertThat(
            number(
                jdbc,
                "select count(distinct btrim(text, E'\\n')) from message where text ~ '^(original|reply|without id) \\d+\\s*$'"))
        .isEqualTo(ORIGINALS + REPLIES + WITHOUT_ID);
    assertThat(
            number(
                jdbc,
                """
                select count(*) from message reply
                join message original on original.external_id = 'o' || substr(reply.external_id, 2)
                  and original.conversation_id = reply.conversation_id
                where reply.external_id like 'r%'
                """))
        .as("replies beside what they answer")
        .isEqualTo(REPLIES);
    assertThat(number(jdbc, "select count(*) from conversation")).isEqualTo(distinct - REPLIES);
    assertThat(
            number(
                jdbc,
                """
                select count(*) from conversation where message_count
                  <> (select count(*) from message where conversation_id = conversation.id)
                """))
        .as("conversations that count wrong")
        .isZero();
    assertThat(number(jdbc, "select count(*) from fact where name = 'MessageReceived'"))
        .isEqualTo(distinct);
  }

  private static long number(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
