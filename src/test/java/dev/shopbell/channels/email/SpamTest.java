package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.messageId;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Mail that nobody wants lies in spam with a reason, and agents teach what that is. */
class SpamTest {
  private static final String FLAG = "X-Spam-Flag: YES";
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @Test
  void liesInSpamWithTheReason() {
    String seller = "seller-" + Inbox.word() + "@" + Inbox.word() + ".example";
    long id = inbox.begin(seller, "Offer", bears(messageId()), FLAG);
    JsonNode conversation = inbox.conversation(id);
    assertThat(conversation.path("status").asString()).isEqualTo("spam");
    assertThat(conversation.path("spamReason").asString()).contains("X-Spam-Flag");
  }

  @Test
  void isNeverAppliedToWhomWeHaveAnswered() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Teapot");
    inbox.answer(id, "It left yesterday.");
    inbox.take(
        Mail.with(anna, SHOP, "Another question", "And the other?", bears(messageId()), FLAG));
    assertThat(inbox.of(anna)).hasSize(2);
    assertThat(inbox.of(anna).getLast().path("status").asString()).isEqualTo("open");
  }

  @Test
  void notSpamTeachesThatTheSenderIsWanted() {
    String shop = Inbox.word() + ".example";
    long id = inbox.begin("a@" + shop, "Offer", bears(messageId()), FLAG);
    inbox.setStatus(id, "open");
    assertThat(comesTo("a@" + shop, "open", FLAG)).isEqualTo("open");
    // The whole domain is, since not everybody can have an address there.
    assertThat(comesTo("b@" + shop, "open", FLAG)).isEqualTo("open");
  }

  @Test
  void spamTeachesThatTheSenderIsUnwantedAndCanBeUnlearnt() {
    String seller = "seller-" + Inbox.word() + "@" + Inbox.word() + ".example";
    long id = inbox.begin(seller, "Teapots");
    inbox.setStatus(id, "spam");
    assertThat(comesTo(seller, "spam")).isEqualTo("spam");
    assertThat(inbox.of(seller).getLast().path("spamReason").asString()).contains("An agent");
    inbox.setStatus(id, "open");
    assertThat(comesTo(seller, "open")).isEqualTo("open");
  }

  /** Where mail of the sender comes to, once what was taught has been learnt. */
  private String comesTo(String sender, String wanted, String... headers) {
    return soon("mail of the sender " + wanted)
        .until(
            () -> {
              String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
              all[headers.length] = bears(messageId());
              inbox.take(Mail.with(sender, SHOP, "More " + Inbox.word(), "More.", all));
              return inbox.of(sender).getLast().path("status").asString();
            },
            wanted::equals);
  }
}
