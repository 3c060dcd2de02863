package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.messageId;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import jakarta.mail.internet.MimeMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several conversations become one, one becomes two, and all of it can be undone. */
class MergeAndSplitTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api api = shopbell.api();
  private final Inbox inbox = new Inbox(shopbell);
  private final String anna = address("anna");

  /** A further conversation of the same customer. */
  private long another(String subject, String text, String... headers) {
    List<Long> before = ids();
    inbox.take(
        Mail.with(
            anna,
            SHOP,
            subject,
            text,
            headers.length == 0 ? new String[] {bears(messageId())} : headers));
    return ids().stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
  }

  private List<Long> ids() {
    return inbox.of(anna).stream().map(row -> row.path("id").asLong()).toList();
  }

  private List<String> texts(long id) {
    return inbox.messages(id).stream().map(Inbox::text).toList();
  }

  private long merge(long kept, long... others) {
    JsonNode done =
        api.post("/conversations/" + kept + "/merges", Map.of("conversationIds", others));
    assertThat(done.path("conversation").path("id").asLong()).isEqualTo(kept);
    return done.path("moves").get(0).asLong();
  }

  private void undo(long id, long move) {
    api.post("/conversations/" + id + "/moves/" + move + "/undo", Map.of());
  }

  private JsonNode split(long id, String subject, long... messages) {
    return api.post(
        "/conversations/" + id + "/splits", Map.of("messageIds", messages, "subject", subject));
  }

  private Api.Answer refused(String path, Object body) {
    return api.send("POST", path, body, Map.of());
  }

  @Test
  void messagesAreInterleavedByTimeAndGoBackWhenThatIsUndone() {
    String firstId = messageId();
    long first = inbox.begin(anna, "Teapot", bears(firstId));
    long second = another("Cups", "Two cups");
    inbox.take(Mail.with(anna, SHOP, "Re: Teapot", "And the lid?", answers(firstId)));
    api.put("/conversations/" + first + "/tags", Map.of("tags", List.of("teapots")));
    api.put("/conversations/" + first + "/priority", Map.of("priority", "high"));
    inbox.setStatus(second, "resolved");
    JsonNode before = inbox.conversation(first);
    JsonNode beforeSecond = inbox.conversation(second);

    long move = merge(second, first);
    assertThat(texts(second)).containsExactly("Where is my parcel?", "Two cups", "And the lid?");
    assertThat(ids()).containsExactly(second);
    JsonNode kept = inbox.conversation(second);
    assertThat(kept.path("status").asString()).isEqualTo("open");
    assertThat(kept.path("priority").asString()).isEqualTo("high");
    assertThat(kept.path("tags").get(0).path("name").asString()).isEqualTo("teapots");
    assertThat(kept.path("messageCount").asInt()).isEqualTo(3);
    assertThat(kept.path("preview").asString()).isEqualTo("And the lid?");

    undo(second, move);
    assertThat(texts(first)).containsExactly("Where is my parcel?", "And the lid?");
    assertThat(texts(second)).containsExactly("Two cups");
    assertThat(inbox.conversation(first)).isEqualTo(before);
    assertThat(inbox.conversation(second)).isEqualTo(beforeSecond);
    assertThat(refused("/conversations/" + second + "/moves/" + move + "/undo", Map.of()).status())
        .isEqualTo(409);
  }

  @Test
  void pagesOfMessagesGoByTimeToo() {
    String firstId = messageId();
    long first = inbox.begin(anna, "Teapot", bears(firstId));
    long second = another("Cups", "Two cups");
    inbox.take(Mail.with(anna, SHOP, "Re: Teapot", "And the lid?", answers(firstId)));
    merge(first, second);
    String path = "/conversations/" + first + "/messages?limit=1&order=desc";
    JsonNode newest = api.get(path);
    JsonNode next = api.get(path + "&cursor=" + newest.path("next").asString());
    assertThat(Inbox.text(newest.path("items").get(0))).isEqualTo("And the lid?");
    assertThat(Inbox.text(next.path("items").get(0))).isEqualTo("Two cups");
  }

  @Test
  void oldNumberLeadsToTheConversationThatStandsForIt() {
    long first = inbox.begin(anna, "Teapot");
    long second = another("Cups", "Two cups");
    long third = another("Plates", "Six plates");
    merge(second, first);
    merge(third, second);
    Api.Answer answer =
        api.send("GET", "/conversations/" + first + "/messages?limit=3", null, Map.of());
    assertThat(answer.status()).isEqualTo(307);
    assertThat(answer.headers().firstValue("Location"))
        .contains("/api/v1/conversations/" + third + "/messages?limit=3");
    assertThat(refused("/conversations/" + first + "/notes", Map.of("text", "x")).status())
        .isEqualTo(307);
  }

  @Test
  void mailToWhatWasMergedJoinsTheKeptOneAndGoesBackWithWhatItAnswers() {
    String firstId = messageId();
    long first = inbox.begin(anna, "Teapot", bears(firstId));
    MimeMessage answer = inbox.answer(first, "It left yesterday.");
    long second = another("Cups", "Two cups");
    long move = merge(second, first);
    inbox.take(
        Mail.with(anna, SHOP, "Re: Teapot", "By Message-ID", answers(Inbox.id(answer))),
        Mail.with(anna, Inbox.replyTo(answer), "Re: Teapot", "By signed address"));
    assertThat(texts(second)).contains("By Message-ID", "By signed address").hasSize(5);
    assertThat(ids()).containsExactly(second);

    undo(second, move);
    assertThat(texts(first))
        .containsExactly("Where is my parcel?", "It left yesterday.", "By Message-ID");
    assertThat(texts(second)).containsExactly("Two cups", "By signed address");
    assertThat(inbox.status(first)).isEqualTo("open");
    inbox.take(Mail.with(anna, Inbox.replyTo(answer), "Re: Teapot", "Once more"));
    assertThat(texts(first)).contains("Once more");
  }

  @Test
  void answerFromTheKeptOneThatWentBackIsAnsweredWhereItStands() {
    long second = inbox.begin(anna, "Cups");
    long first = another("Teapot", "The green one");
    long move = merge(second, first);
    MimeMessage answer = inbox.answer(second, "It is on its way.");
    undo(second, move);
    assertThat(texts(first)).containsExactly("The green one", "It is on its way.");
    inbox.take(
        Mail.with(anna, Inbox.replyTo(answer), "Re: Teapot", "Thanks", answers(Inbox.id(answer))));
    assertThat(texts(first)).contains("Thanks");
    assertThat(texts(second)).hasSize(1);
  }

  @Test
  void splitMessagesTakeTheirRepliesWithThem() {
    long id = inbox.begin(anna, "Teapot");
    MimeMessage about = inbox.answer(id, "It left yesterday.");
    long answered = inbox.lastMessage(id).path("id").asLong();
    inbox.take(
        Mail.with(
            anna, Inbox.replyTo(about), "Re: Teapot", "Also: an invoice", bears(messageId())));
    long invoice = inbox.lastMessage(id).path("id").asLong();

    JsonNode done = split(id, "Invoice", answered, invoice);
    long made = done.path("conversation").path("id").asLong();
    assertThat(texts(made)).containsExactly("It left yesterday.", "Also: an invoice");
    assertThat(texts(id)).containsExactly("Where is my parcel?");
    assertThat(inbox.conversation(made).path("subject").asString()).isEqualTo("Invoice");
    assertThat(inbox.conversation(made).path("linked").get(0).path("relation").asString())
        .isEqualTo("splitFrom");
    inbox.take(
        Mail.with(
            anna, Inbox.replyTo(about), "Re: Teapot", "Still waiting", answers(Inbox.id(about))));
    assertThat(texts(made)).contains("Still waiting");

    undo(id, done.path("move").asLong());
    assertThat(texts(id))
        .containsExactly(
            "Where is my parcel?", "It left yesterday.", "Also: an invoice", "Still waiting");
    assertThat(inbox.conversation(id).path("linked")).isEmpty();
    assertThat(api.send("GET", "/conversations/" + made, null, Map.of()).status()).isEqualTo(307);
  }

  @Test
  void conversationOfAnotherCustomerNeedsAWordAndIsAnsweredByItself() {
    long first = inbox.begin(anna, "Teapot");
    String ben = address("ben");
    String benId = messageId();
    long other = inbox.begin(ben, "The same teapot", bears(benId));
    Map<String, Object> plain = Map.of("conversationIds", List.of(other));
    Api.Answer refused = refused("/conversations/" + first + "/merges", plain);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("another customer");
    api.post(
        "/conversations/" + first + "/merges",
        Map.of("conversationIds", List.of(other), "otherCustomers", true));
    inbox.take(Mail.with(ben, SHOP, "Re: The same teapot", "Any news?", answers(benId)));
    assertThat(texts(first)).contains("Any news?");
    assertThat(inbox.conversation(first).path("customer").path("address").asString())
        .isEqualTo(anna);
    MimeMessage answer = inbox.answer(first, "It is on its way.");
    assertThat(Inbox.header(answer, "To")).contains(ben);
    assertThat(Inbox.header(answer, "To") + Inbox.header(answer, "Cc")).doesNotContain(anna);
  }

  @Test
  void draftsAreFoundInTheKeptOneAndPartAgain() {
    long first = inbox.begin(anna, "Teapot");
    long second = another("Cups", "Two cups");
    draft(first, "reply", "<p>Teapot</p>");
    draft(second, "reply", "<p>Cups</p>");
    draft(first, "note", "<p>Ask Bea</p>");
    long move = merge(second, first);
    assertThat(drafts(second))
        .isEqualTo(Map.of("reply", "<p>Cups</p><p>Teapot</p>", "note", "<p>Ask Bea</p>"));
    undo(second, move);
    assertThat(drafts(second)).isEqualTo(Map.of("reply", "<p>Cups</p>"));
    assertThat(drafts(first)).isEqualTo(Map.of("reply", "<p>Teapot</p>", "note", "<p>Ask Bea</p>"));
  }

  private void draft(long conversation, String kind, String html) {
    api.put("/conversations/" + conversation + "/drafts/" + kind, Map.of("html", html));
  }

  private Map<String, String> drafts(long conversation) {
    Map<String, String> drafts = new HashMap<>();
    inbox
        .conversation(conversation)
        .path("drafts")
        .forEach(one -> drafts.put(one.path("kind").asString(), one.path("html").asString()));
    return drafts;
  }

  @Test
  void wordsAreFoundWhereTheMessageStands() {
    String word = Inbox.word();
    long first = inbox.begin(anna, "Teapot");
    long second = another("Cups", word);
    soon("the word").until(() -> found(word).equals(List.of(second)));
    long move = merge(first, second);
    soon("the word in the kept one").until(() -> found(word).equals(List.of(first)));
    undo(first, move);
    soon("the word where it was").until(() -> found(word).equals(List.of(second)));
  }

  private List<Long> found(String word) {
    return api.all("/conversations?q=" + word).stream()
        .map(row -> row.path("id").asLong())
        .toList();
  }

  @Test
  void linesOfBothTellWhatHappenedAndCanBeUndoneThere() {
    long first = inbox.begin(anna, "Teapot");
    long second = another("Cups", "Two cups");
    inbox.setStatus(first, "waiting");
    long move = merge(second, first);
    List<JsonNode> events = api.all("/conversations/" + second + "/events");
    JsonNode merged =
        events.stream()
            .filter(one -> one.path("name").asString().equals("ConversationsMerged"))
            .findFirst()
            .orElseThrow();
    assertThat(merged.path("detail").path("other").asLong()).isEqualTo(first);
    assertThat(merged.path("detail").path("undoableMove").asLong()).isEqualTo(move);
    assertThat(events)
        .extracting(one -> one.path("name").asString())
        .contains("ConversationStatusChanged");
    undo(second, move);
    assertThat(api.all("/conversations/" + second + "/events"))
        .noneMatch(one -> one.path("name").asString().equals("ConversationStatusChanged"))
        .allMatch(one -> one.path("detail").path("undoableMove").isNull());
  }

  @Test
  void whatMakesNoSenseIsRefusedWithAReason() {
    long first = inbox.begin(anna, "Teapot");
    long second = another("Cups", "Two cups");
    long third = another("Plates", "Six plates");
    long move = merge(second, first);
    assertThat(
            refused(
                    "/conversations/" + third + "/merges",
                    Map.of("conversationIds", List.of(first)))
                .body())
        .contains("has been merged into #" + second);
    assertThat(
            refused(
                    "/conversations/" + second + "/merges",
                    Map.of("conversationIds", List.of(second)))
                .status())
        .isEqualTo(422);
    assertThat(
            refused(
                    "/conversations/" + first + "/merges",
                    Map.of("conversationIds", List.of(second)))
                .status())
        .isEqualTo(307);
    long later = merge(third, second);
    assertThat(refused("/conversations/" + second + "/moves/" + move + "/undo", Map.of()).body())
        .contains("undo that first");
    undo(third, later);
    undo(second, move);
    assertThat(ids()).containsExactlyInAnyOrder(first, second, third);
    long only = inbox.lastMessage(third).path("id").asLong();
    assertThat(
            refused("/conversations/" + third + "/splits", Map.of("messageIds", List.of(only)))
                .body())
        .contains("has to stay");
  }

  @Test
  void twoAreLinkedBothWaysAndParted() {
    long first = inbox.begin(anna, "Teapot");
    long second = another("Cups", "Two cups");
    api.put("/conversations/" + second + "/links/" + first, Map.of("relation", "continues"));
    assertThat(relation(first)).isEqualTo("continuedBy");
    api.put("/conversations/" + first + "/links/" + second, Map.of("relation", "same"));
    assertThat(relation(second)).isEqualTo("same");
    api.delete("/conversations/" + second + "/links/" + first);
    assertThat(inbox.conversation(first).path("linked")).isEmpty();
  }

  private String relation(long id) {
    return inbox.conversation(id).path("linked").get(0).path("relation").asString();
  }
}
