package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Images within an answer, and files that are attached again. */
class OwnImagesTest {
  private static final byte[] PNG = "\u0089PNG not really".getBytes(StandardCharsets.ISO_8859_1);

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  private static String image(long id) {
    return "<p>Look: <img src=\"/api/v1/attachments/" + id + "\" alt=\"The crack\"></p>";
  }

  @Test
  void imageStandsInTheMailByContentIdAndInTheDeskByItsAddress() throws Exception {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    long upload = shopbell.api().upload("crack.png", "image/png", PNG);
    JsonNode message =
        shopbell.api().post("/conversations/" + id + "/replies", Map.of("html", image(upload)));
    assertThat(message.path("html").asString())
        .contains("src=\"/api/v1/attachments/" + upload + "\"");
    assertThat(message.path("attachments").path(0).path("inline").asBoolean()).isTrue();
    assertThat(message.path("text").asString()).contains("The crack");
    inbox.awaitDelivery(id, message.path("id").asLong(), "sent");
    Multipart alternative = (Multipart) inbox.sentTo(anna).getLast().getContent();
    Multipart related = (Multipart) alternative.getBodyPart(1).getContent();
    assertThat(related.getContentType()).startsWith("multipart/related");
    BodyPart picture = related.getBodyPart(1);
    String cid = picture.getHeader("Content-ID")[0].replaceAll("[<>]", "");
    assertThat((String) related.getBodyPart(0).getContent())
        .contains("src=\"cid:" + cid + "\"")
        .doesNotContain("/api/v1");
    assertThat(picture.getInputStream().readAllBytes()).isEqualTo(PNG);
    assertThat(picture.getDisposition()).isEqualTo("inline");
  }

  @Test
  void onlyOwnFilesAreShown() {
    long other = inbox.begin(address("ben"), "Blue teapot");
    long taken = shopbell.api().upload("theirs.png", "image/png", PNG);
    inbox.reply(other, "A file", "attachments", List.of(taken));
    long id = inbox.begin(address("anna"), "Green teapot");
    JsonNode message =
        shopbell
            .api()
            .post(
                "/conversations/" + id + "/replies",
                Map.of(
                    "html",
                    image(taken) + "<img src=\"https://track.example/x.png\"><p>Hello</p>"));
    assertThat(message.path("html").asString()).doesNotContain("<img");
    assertThat(message.path("attachments")).isEmpty();
  }

  @Test
  void imageOfAnAnswerTakenBackIsInTheDraftAndCanBeSentAfterAll() {
    long id = inbox.begin(address("anna"), "Green teapot");
    long upload = shopbell.api().upload("crack.png", "image/png", PNG);
    Map<String, Object> reply = Map.of("html", image(upload), "undoSeconds", 30);
    long message =
        shopbell.api().post("/conversations/" + id + "/replies", reply).path("id").asLong();
    JsonNode back = shopbell.api().post("/messages/" + message + "/undo", Map.of());
    String source = "src=\"/api/v1/attachments/" + upload + "\"";
    assertThat(back.path("html").asString()).contains(source);
    assertThat(inbox.conversation(id).path("drafts").path(0).path("html").asString())
        .contains(source);
    JsonNode again =
        shopbell
            .api()
            .post(
                "/conversations/" + id + "/replies", Map.of("html", back.path("html").asString()));
    assertThat(again.path("html").asString()).contains(source);
  }

  @Test
  void fileOfAMessageOrOfTheLibraryIsAttachedWithoutASecondUpload() {
    long id = inbox.begin(address("anna"), "Green teapot");
    byte[] terms = ("Terms " + Inbox.word()).getBytes(StandardCharsets.UTF_8);
    long upload = shopbell.api().upload("terms.txt", "text/plain", terms);
    long brand = inbox.conversation(id).path("brandId").asLong();
    JsonNode kept =
        shopbell.api().post("/library-files", Map.of("brandId", brand, "attachmentId", upload));
    assertThat(shopbell.api().get("/library-files?brand=" + brand).path("items").valueStream())
        .anyMatch(file -> file.path("id").equals(kept.path("id")));
    long library = kept.path("id").asLong();
    long one =
        shopbell.api().post("/library-files/" + library + "/copies", Map.of()).path("id").asLong();
    JsonNode first = inbox.reply(id, "The terms", "attachments", List.of(one));
    long two = shopbell.api().post("/attachments/" + one + "/copies", Map.of()).path("id").asLong();
    JsonNode second = inbox.reply(id, "Once more", "attachments", List.of(two));
    for (JsonNode message : List.of(first, second)) {
      JsonNode file = message.path("attachments").path(0);
      assertThat(file.path("name").asString()).isEqualTo("terms.txt");
      assertThat(shopbell.api().download(file.path("url").asString()).body()).isEqualTo(terms);
    }
    shopbell.api().delete("/library-files/" + library);
    assertThat(shopbell.api().get("/library-files?brand=" + brand).toString())
        .doesNotContain("\"id\":" + library + ",");
  }
}
