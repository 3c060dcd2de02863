package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What stands below a mail: who wrote it, with a face, for the brand. */
class SignatureTest {
  private static RunningShopbell shopbell;
  private static long brand;

  @BeforeAll
  static void start() {
    shopbell = RunningShopbell.start(Map.of("shopbell.public-url", "https://desk.shop.example"));
    brand = shopbell.api().get("/brands").path("items").get(0).path("id").asLong();
    shopbell.api().patch("/brands/" + brand, Map.of("name", "Müller & Söhne"));
  }

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  private final Api api = shopbell.api();

  private void template(String html) {
    Map<String, Object> body = new HashMap<>();
    body.put("html", html);
    api.put("/brands/" + brand + "/signature", body);
  }

  private void me(String displayName, String title) {
    api.patch("/me", Map.of("displayName", displayName, "title", title));
  }

  private void own(String text) {
    api.put("/me/signatures/" + brand, Map.of("text", text));
  }

  private Multipart answered() throws Exception {
    Inbox inbox = new Inbox(shopbell);
    MimeMessage mail = inbox.answer(inbox.begin(address("anna"), "Teapot"), "It left yesterday.");
    return (Multipart) mail.getContent();
  }

  @Test
  void brandAndAgentSignBelowTheMessageButNotInIt() throws Exception {
    me("Mia from <Müller>", "Customer care");
    own("Mondays off\nhttps://mia.example");
    template(
        "<p><strong>{agent.name}</strong><br>{agent.title}<br>{agent.text}</p>"
            + "<p onclick=\"x()\">{brand.name}<br>{brand.address}</p><script>x()</script>");
    Multipart parts = answered();
    assertThat((String) parts.getBodyPart(0).getContent())
        .isEqualToNormalizingNewlines(
            "It left yesterday.\n\n-- \nMia from <Müller>\nCustomer care\nMondays off\nhttps://mia.example\n\nMüller & Söhne\n");
    assertThat((String) parts.getBodyPart(1).getContent())
        .contains(
            "<strong>Mia from &lt;Müller&gt;</strong><br>Customer care<br>Mondays off<br>",
            "Müller &amp; Söhne</p>")
        .doesNotContain("script", "onclick");
    JsonNode message = new Inbox(shopbell).messages(newest()).getLast();
    assertThat(message.path("text").asString()).isEqualTo("It left yesterday.");
  }

  private static long newest() {
    return shopbell.api().get("/conversations?limit=1").path("items").get(0).path("id").asLong();
  }

  @Test
  void linesThatSayNothingGo() throws Exception {
    me("Mia", "");
    own("");
    template(null);
    assertThat((String) answered().getBodyPart(0).getContent())
        .isEqualToNormalizingNewlines("It left yesterday.\n\n-- \nMia\nMüller & Söhne\n");
    template("");
    assertThat((String) answered().getBodyPart(0).getContent())
        .isEqualToNormalizingNewlines("It left yesterday.\n");
  }

  /** What would come back to us must not leave. */
  @Test
  void agentWhoseAddressIsABrandsIsNotTold() {
    Api colleague = Colleague.joins(shopbell, "agent");
    JsonNode agent = colleague.get("/session").path("agent");
    String address = agent.path("email").asString();
    colleague.put(
        "/me/notification-settings",
        Map.of(
            "choices",
            List.of(Map.of("kind", "assigned", "desk", false, "mail", true, "push", false)),
            "mailAfterMinutes",
            0,
            "timeZone",
            "UTC",
            "pushWords",
            false,
            "followAnswered",
            true));
    Inbox inbox = new Inbox(shopbell);
    api.patch("/brands/" + brand, Map.of("address", address));
    long loop = inbox.begin(address("anna"), "Loop");
    Map<String, Long> toThem = Map.of("agentId", agent.path("id").asLong());
    api.put("/conversations/" + loop + "/assignee", toThem);
    inbox.answer(loop, "It left yesterday.");
    api.patch("/brands/" + brand, Map.of("address", ""));
    long fine = inbox.begin(address("berta"), "No loop");
    api.put("/conversations/" + fine + "/assignee", toThem);
    Inbox.soon("a mail to the agent").until(() -> !inbox.sentTo(address).isEmpty());
    assertThat(inbox.sentTo(address))
        .extracting(mail -> Inbox.header(mail, "Subject"))
        .containsExactly("No loop");
  }

  @Test
  void ownLinesWithoutAPlaceStandAtTheEnd() {
    own("Mondays off");
    template("<p>{brand.name}</p>");
    JsonNode preview = api.get("/me/signatures").path("items").get(0).path("preview");
    assertThat(preview.path("text").asString()).isEqualTo("Müller & Söhne\n\nMondays off");
  }

  @Test
  void faceIsAPictureOfOursWithTheNameInItsPlace() throws Exception {
    me("Mia \"M\"", "");
    template(null);
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "png", picture);
    api.sendFile("/me/face", "me.png", "image/png", picture.toByteArray());
    String html = (String) answered().getBodyPart(1).getContent();
    assertThat(html)
        .containsPattern(
            "<img src=\"https://desk\\.shop\\.example/faces/[a-z2-7]+\\.jpg\" alt=\"Mia &quot;M&quot;\"");
    api.delete("/me/face");
    assertThat((String) answered().getBodyPart(1).getContent()).doesNotContain("<img");
  }
}
