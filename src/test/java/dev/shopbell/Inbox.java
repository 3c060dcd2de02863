package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;

/**
 * What a customer sends and an agent sees, in the words of a test. Every test takes addresses of
 * its own, since the program is shared.
 */
public final class Inbox {
  /** Any address is taken while no mailbox is set up; this is the shop's in most tests. */
  public static final String SHOP = "hello@shop.example";

  private final RunningShopbell shopbell;

  public Inbox(RunningShopbell shopbell) {
    this.shopbell = shopbell;
  }

  /** An address that nobody else uses. */
  public static String address(String name) {
    return name + "-" + word() + "@customers.example";
  }

  /** A word that stands nowhere else. */
  public static String word() {
    return "w" + UUID.randomUUID().toString().replace("-", "").substring(0, 14);
  }

  /** A Message-ID without its brackets. */
  public static String messageId() {
    return UUID.randomUUID() + "@client.example";
  }

  /** The header of a mail that bears the id. */
  public static String bears(String messageId) {
    return "Message-ID: <" + messageId + ">";
  }

  /** The header of a mail that answers the id. */
  public static String answers(String messageId) {
    return "In-Reply-To: <" + messageId + ">";
  }

  /** Sends mails, each of which must be acknowledged, and waits until all are in the inbox. */
  public void take(Mail... mails) {
    for (Mail mail : mails) {
      Mail.Reply reply = mail.send(shopbell.smtpPort());
      assertThat(reply.code()).as(reply.text()).isEqualTo(250);
    }
    settle();
  }

  /** Waits until no acknowledged mail waits to be read. */
  public void settle() {
    soon("every stored mail in the inbox")
        .until(
            () -> shopbell.api().get("/installation").path("mail").path("oldestWaiting").isNull());
  }

  /** Takes a first mail of a customer; its conversation is returned. */
  public long begin(String from, String subject, String... headers) {
    String[] all = headers.length == 0 ? new String[] {bears(messageId())} : headers;
    take(Mail.with(from, SHOP, subject, "Where is my parcel?", all));
    return only(from);
  }

  /** The only conversation of whoever writes from the address. */
  public long only(String address) {
    List<JsonNode> all = of(address);
    assertThat(all).as("conversations of " + address).hasSize(1);
    return all.getFirst().path("id").asLong();
  }

  /** The conversations of whoever writes from the address, spam included, oldest first. */
  public List<JsonNode> of(String address) {
    for (JsonNode customer :
        shopbell.api().all("/customers?q=" + URLEncoder.encode(address, StandardCharsets.UTF_8))) {
      if (customer.path("address").asString("").equals(address)) {
        String query = "/conversations?customer=" + customer.path("id").asLong();
        return Stream.concat(
                shopbell.api().all(query).stream(),
                shopbell.api().all(query + "&status=spam").stream())
            .sorted(Comparator.comparingLong(row -> row.path("id").asLong()))
            .toList();
      }
    }
    return List.of();
  }

  public JsonNode conversation(long id) {
    return shopbell.api().get("/conversations/" + id);
  }

  public String status(long id) {
    return conversation(id).path("status").asString();
  }

  public void setStatus(long id, String status) {
    shopbell.api().put("/conversations/" + id + "/status", Map.of("status", status));
  }

  /** The messages of a conversation, oldest first. */
  public List<JsonNode> messages(long id) {
    return shopbell.api().all("/conversations/" + id + "/messages");
  }

  public JsonNode lastMessage(long id) {
    return messages(id).getLast();
  }

  /** Answers by text; more fields of the request may follow, each a name and a value. */
  public JsonNode reply(long id, String text, Object... more) {
    Map<String, Object> body = new HashMap<>(Map.of("text", text));
    for (int i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    return shopbell.api().post("/conversations/" + id + "/replies", body);
  }

  /** Answers and waits until the relay has it: that mail is returned. */
  public MimeMessage answer(long id, String text) {
    long message = reply(id, text).path("id").asLong();
    JsonNode sent = awaitDelivery(id, message, "sent");
    return sentTo(sent.path("to").get(0).path("address").asString()).getLast();
  }

  /** Waits until the delivery of a message of ours has come to a state; the message is returned. */
  public JsonNode awaitDelivery(long id, long message, String state) {
    return soon("message " + message + " " + state)
        .until(
            () ->
                messages(id).stream()
                    .filter(one -> one.path("id").asLong() == message)
                    .findFirst()
                    .orElseThrow(),
            one -> one.path("delivery").path("state").asString("").equals(state));
  }

  /** Looks often, since most things take a few milliseconds, and long, for a busy machine. */
  public static ConditionFactory soon(String what) {
    return await(what)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(40));
  }

  /** What the relay has been given for an address, in the order in which it came. */
  public List<MimeMessage> sentTo(String address) {
    return Arrays.stream(shopbell.relay().getReceivedMessages())
        .filter(mail -> header(mail, "To").contains(address))
        .toList();
  }

  /** What a message says. */
  public static String text(JsonNode message) {
    return message.path("text").asString().strip();
  }

  /** A header of a mail, or nothing. */
  public static String header(MimeMessage mail, String name) {
    try {
      String value = mail.getHeader(name, ", ");
      return value == null ? "" : value;
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The id that a mail of ours bears, without its brackets. */
  public static String id(MimeMessage mail) {
    return header(mail, "Message-ID").replaceAll("[<>]", "");
  }

  /** The signed address that a mail of ours asks to be answered at. */
  public static String replyTo(MimeMessage mail) {
    return header(mail, "Reply-To").replaceAll("(?s).*<(.*)>", "$1").strip();
  }
}
