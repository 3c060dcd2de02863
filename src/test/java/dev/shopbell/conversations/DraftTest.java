package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What agents have begun to write, on one device and on several. */
class DraftTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  private static String at(long id, String kind) {
    return "/conversations/" + id + "/drafts/" + kind;
  }

  private JsonNode keep(long id, String kind, Object... fields) {
    Map<String, Object> body = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      body.put((String) fields[i], fields[i + 1]);
    }
    return api.put(at(id, kind), body).path("draft");
  }

  private List<String> drafts(Api of, long id) {
    return of.get("/conversations/" + id)
        .path("drafts")
        .valueStream()
        .map(one -> one.path("kind").asString() + " " + one.path("html").asString())
        .toList();
  }

  @Test
  void answerNoteAndForwardHaveADraftEachAndNobodyElseSeesThem() {
    long id = inbox.begin(address("anna"), "Green teapot");
    keep(id, "reply", "html", "<p>Dear</p>");
    keep(id, "reply", "html", "<p>Dear Anna</p>");
    keep(id, "note", "html", "<p>She is kind</p>");
    keep(id, "forward", "html", "<p>Please look</p>");
    assertThat(drafts(api, id))
        .containsExactly(
            "forward <p>Please look</p>", "note <p>She is kind</p>", "reply <p>Dear Anna</p>");
    Api colleague = Colleague.joins(shopbell, "agent");
    assertThat(drafts(colleague, id)).isEmpty();
    colleague.put(at(id, "reply"), Map.of("html", "<p>Mine</p>"));
    inbox.answer(id, "Dear Anna");
    assertThat(drafts(api, id))
        .containsExactly("forward <p>Please look</p>", "note <p>She is kind</p>");
    api.post("/conversations/" + id + "/notes", Map.of("text", "She is kind"));
    assertThat(drafts(api, id)).containsExactly("forward <p>Please look</p>");
    Map<String, Object> forward =
        Map.of("text", "Look", "to", List.of(Map.of("address", address("maker"))));
    api.post("/conversations/" + id + "/forwards", forward);
    assertThat(drafts(api, id)).isEmpty();
    assertThat(drafts(colleague, id)).containsExactly("reply <p>Mine</p>");
    colleague.delete(at(id, "reply"));
    assertThat(drafts(colleague, id)).isEmpty();
  }

  @Test
  void allOfADraftIsKept() {
    long id = inbox.begin(address("anna"), "Green teapot");
    long message = inbox.lastMessage(id).path("id").asLong();
    long file = api.upload("label.pdf", "application/pdf", new byte[] {1, 2});
    Map<String, Object> people =
        Map.of("to", List.of("Ann <ann@x.example>", "half"), "cc", List.of(), "bcc", List.of());
    JsonNode kept =
        keep(
            id,
            "forward",
            "html",
            "<p>See</p>",
            "subject",
            "A label",
            "people",
            people,
            "attachments",
            List.of(file),
            "forwarded",
            message);
    JsonNode read = api.get("/conversations/" + id).path("drafts").path(0);
    assertThat(read).isEqualTo(kept);
    assertThat(read.path("subject").asString()).isEqualTo("A label");
    assertThat(read.path("people").path("to").path(1).asString()).isEqualTo("half");
    assertThat(read.path("attachments").path(0).path("name").asString()).isEqualTo("label.pdf");
    assertThat(read.path("forwarded").asLong()).isEqualTo(message);
    // Nothing is left of it once nothing is in it.
    assertThat(keep(id, "forward", "html", "<p></p>").isNull()).isTrue();
    assertThat(drafts(api, id)).isEmpty();
  }

  @Test
  void newerOfTwoDevicesStandsAndTheOthersTextIsKeptWithIt() {
    long id = inbox.begin(address("anna"), "Green teapot");
    JsonNode first = keep(id, "reply", "html", "<p>At the desk</p>", "device", "desk");
    // The phone knew of no draft: what it writes is newer.
    JsonNode second = keep(id, "reply", "html", "<p>On the train</p>", "device", "phone");
    assertThat(second.path("html").asString()).isEqualTo("<p>On the train</p>");
    assertThat(second.path("superseded")).hasSize(1);
    assertThat(second.path("superseded").path(0).path("html").asString())
        .isEqualTo("<p>At the desk</p>");
    // The desk was away from the network and sends what it had typed before that.
    String base = first.path("updatedAt").asString();
    JsonNode third =
        keep(
            id,
            "reply",
            "html",
            "<p>At the desk, longer</p>",
            "device",
            "desk",
            "base",
            base,
            "ageMs",
            3_600_000);
    assertThat(third.path("html").asString()).isEqualTo("<p>On the train</p>");
    assertThat(third.path("superseded")).hasSize(1);
    assertThat(third.path("superseded").path(0).path("html").asString())
        .isEqualTo("<p>At the desk, longer</p>");
    // Typing on there is newer than the train, and takes the place of what was typed there before.
    JsonNode longer =
        keep(id, "reply", "html", "<p>At the desk, longest</p>", "device", "desk", "base", base);
    assertThat(longer.path("superseded")).hasSize(1);
    assertThat(longer.path("superseded").path(0).path("html").asString())
        .isEqualTo("<p>On the train</p>");
    // Whoever writes on from what stands takes nobody's place.
    String now = longer.path("updatedAt").asString();
    JsonNode fourth =
        keep(id, "reply", "html", "<p>Both</p>", "device", "desk", "base", now, "settled", true);
    assertThat(fourth.path("html").asString()).isEqualTo("<p>Both</p>");
    assertThat(fourth.path("superseded")).isEmpty();
  }

  @Test
  void deviceThatClearsItsTextDoesNotClearAnothersWithoutATrace() {
    long id = inbox.begin(address("anna"), "Green teapot");
    keep(id, "reply", "html", "<p>At the desk</p>", "device", "desk");
    JsonNode cleared = keep(id, "reply", "html", "", "device", "phone");
    assertThat(cleared.path("superseded").path(0).path("html").asString())
        .isEqualTo("<p>At the desk</p>");
  }

  @Test
  void ownDraftsAreListedNewestFirstAlsoThatOfAConversationStillToBegin() {
    Api colleague = Colleague.joins(shopbell, "agent");
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    colleague.put(at(id, "reply"), Map.of("html", "<p>Dear <strong>Anna</strong></p>"));
    Map<String, Object> people =
        Map.of("to", List.of("ben@x.example"), "cc", List.of(), "bcc", List.of());
    colleague.put(
        "/drafts/start", Map.of("html", "<p>Hello Ben</p>", "subject", "News", "people", people));
    List<JsonNode> list = colleague.all("/drafts");
    assertThat(list).hasSize(2);
    assertThat(list.getFirst().path("kind").asString()).isEqualTo("start");
    assertThat(list.getFirst().path("to").asString()).isEqualTo("ben@x.example");
    assertThat(list.getLast().path("preview").asString()).isEqualTo("Dear Anna");
    assertThat(list.getLast().path("customer").path("address").asString()).isEqualTo(anna);
    assertThat(colleague.all("/conversations?view=drafts"))
        .extracting(row -> row.path("id").asLong())
        .containsExactly(id);
    assertThat(api.all("/conversations?view=drafts"))
        .noneMatch(row -> row.path("id").asLong() == id);
    colleague.put("/drafts/start", Map.of("html", ""));
    assertThat(colleague.get("/drafts/start").path("draft").isNull()).isTrue();
  }

  @Test
  void noDraftIsKeptOfWhatIsNotThereOrTooLong() {
    long id = inbox.begin(address("anna"), "Green teapot");
    Map<String, String> words = Map.of("html", "<p>x</p>");
    assertThat(api.send("PUT", at(0, "reply"), words, Map.of()).status()).isEqualTo(404);
    assertThat(api.send("PUT", at(id, "start"), words, Map.of()).status()).isEqualTo(422);
    assertThat(api.send("PUT", at(id, "letter"), words, Map.of()).status()).isEqualTo(400);
    Map<String, String> huge = Map.of("html", "x".repeat(500_001));
    assertThat(api.send("PUT", at(id, "reply"), huge, Map.of()).status()).isEqualTo(422);
  }

  @Test
  void languageOfTheCustomerIsGuessedUntilAnAgentSaysIt() {
    String anna = address("anna");
    inbox.take(
        dev.shopbell.Mail.with(
            anna, SHOP, "Teekanne", "Guten Tag, wann kommt meine Bestellung? Ich warte noch."));
    long id = inbox.only(anna);
    Inbox.soon("the language is known").until(() -> language(id).equals("de"));
    api.put("/conversations/" + id + "/language", Map.of("language", "fr"));
    inbox.take(
        dev.shopbell.Mail.with(
            anna,
            SHOP,
            "Re: Teekanne",
            "Ich habe noch immer nichts von meiner Bestellung gehört."));
    assertThat(language(id)).isEqualTo("fr");
    Map<String, Object> again = new HashMap<>();
    again.put("language", null);
    api.put("/conversations/" + id + "/language", again);
    assertThat(language(id)).isEqualTo("de");
    Map<String, String> none = Map.of("language", "klingon");
    assertThat(api.send("PUT", "/conversations/" + id + "/language", none, Map.of()).status())
        .isEqualTo(422);
  }

  private String language(long id) {
    return api.get("/conversations/" + id).path("language").asString("");
  }
}
