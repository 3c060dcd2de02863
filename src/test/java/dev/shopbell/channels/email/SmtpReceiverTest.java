package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the receiver takes, what it refuses, and what it promises when it says yes. */
class SmtpReceiverTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @Test
  void acknowledgesOnlyWhatIsStored() {
    String anna = address("anna");
    Mail mail = Mail.plain(anna, SHOP, "Green teapot", "Where is it?");
    assertThat(mail.send(shopbell.smtpPort()).code()).isEqualTo(250);
    long stored =
        shopbell
            .bean(JdbcClient.class)
            .sql("select count(*) from stored_mail where envelope_from = ?")
            .param(anna)
            .query(Long.class)
            .single();
    assertThat(stored).isEqualTo(1);
  }

  @Test
  void tellsTheSenderToComeAgainWhenItCannotStore() {
    try (RunningShopbell own = RunningShopbell.start(Map.of())) {
      JdbcClient database = own.bean(JdbcClient.class);
      Mail mail = Mail.plain(address("anna"), SHOP, "Green teapot", "Where is it?");
      database.sql("alter table stored_mail add check (peer is null) not valid").update();
      assertThat(mail.send(own.smtpPort()).code()).isEqualTo(451);
      database.sql("alter table stored_mail drop constraint stored_mail_peer_check").update();
      assertThat(mail.send(own.smtpPort()).code()).isEqualTo(250);
      Inbox there = new Inbox(own);
      there.settle();
      assertThat(there.messages(there.only(mail.envelopeFrom()))).hasSize(1);
    }
  }

  @Test
  void mailOfASenderWhoHungUpIsNoMail() throws IOException {
    String anna = address("anna");
    try (Socket socket = new Socket("127.0.0.1", shopbell.smtpPort())) {
      OutputStream out = socket.getOutputStream();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      in.readLine();
      for (String line :
          List.of("HELO x", "MAIL FROM:<" + anna + ">", "RCPT TO:<" + SHOP + ">", "DATA")) {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        in.readLine();
      }
      out.write(
          ("From: " + anna + "\r\nSubject: Half\r\n\r\nA half")
              .getBytes(StandardCharsets.US_ASCII));
    }
    inbox.begin(address("bert"), "Somebody after that");
    assertThat(inbox.of(anna)).isEmpty();
  }

  @Test
  void tooManyRecipientsAreRefused() {
    String anna = address("anna");
    List<String> many = IntStream.range(0, 101).mapToObj(n -> "r" + n + "@shop.example").toList();
    Mail mail = Mail.plain(anna, SHOP, "To all", "Hello all");
    assertThat(new Mail(anna, many, mail.raw()).send(shopbell.smtpPort()).code()).isEqualTo(452);
    inbox.take(new Mail(anna, many.subList(0, 100), mail.raw()));
    assertThat(inbox.messages(inbox.only(anna))).hasSize(1);
  }

  @Test
  void mailThatIsTooLargeIsRefusedAndNothingInItIsTakenForCommands() {
    String anna = address("anna");
    String eve = address("eve");
    // Every line of the mail is a command, as is what an attacker hopes to have executed.
    String line = "NOOP " + "0123456789".repeat(49) + "\r\n";
    byte[] raw =
        ("From: "
                + anna
                + "\r\nSubject: Large\r\n\r\n"
                + line.repeat(SmtpReceiver.MOST_BYTES / line.length() + 1_000)
                + "RSET\r\nMAIL FROM:<"
                + eve
                + ">\r\nRCPT TO:<"
                + SHOP
                + ">\r\nDATA\r\nFrom: "
                + eve
                + "\r\nSubject: Smuggled\r\n\r\nx\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(raw.length).isGreaterThan(SmtpReceiver.MOST_BYTES);
    assertThat(Mail.send(shopbell.smtpPort(), anna, List.of(SHOP), raw).code()).isEqualTo(552);
    inbox.settle();
    assertThat(inbox.of(anna)).isEmpty();
    assertThat(inbox.of(eve)).isEmpty();
    inbox.begin(anna, "Smaller");
  }

  @Test
  void takesMailForItsOwnAddressesOnlyOnceThereIsAMailbox() {
    try (RunningShopbell own = RunningShopbell.start(Map.of())) {
      String anna = address("anna");
      Mail anywhere = Mail.plain(anna, "any@where.example", "First", "Anybody here?");
      assertThat(anywhere.send(own.smtpPort()).code()).isEqualTo(250);
      long brand = own.api().get("/brands").path("items").get(0).path("id").asLong();
      own.api().post("/mailboxes", Map.of("brandId", brand, "address", "Hello@Shop.example"));
      assertThat(anywhere.send(own.smtpPort()).code()).isEqualTo(550);
      for (String mine :
          List.of("hello@shop.example", "HELLO@SHOP.EXAMPLE", "hello+tag@shop.example")) {
        assertThat(Mail.plain(anna, mine, "Second", "Now?").send(own.smtpPort()).code())
            .isEqualTo(250);
      }
    }
  }
}
