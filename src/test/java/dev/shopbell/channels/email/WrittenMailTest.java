package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import jakarta.mail.Multipart;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the editor writes, as it leaves: as HTML, and as text for whoever reads no HTML. */
class WrittenMailTest {
  private static final String WRITTEN =
      """
      <p>The price is <s>50 €</s> <strong>40 €</strong>, <em>really</em>.</p>\
      <ul><li><p>Open the box</p><ul><li><p>not the lid</p></li></ul></li><li><p>Take it out</p></li></ul>\
      <ol start="3"><li><p>third</p></li><li><p>fourth</p></li></ol>\
      <blockquote><p>You wrote this</p></blockquote>\
      <p>Type <code>reset</code>:</p><pre><code class="language-x">a  b
      c</code></pre>\
      <p><a href="https://shop.example/t" rel="nofollow">Track it</a></p>\
      """;

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @Test
  void whatTheEditorWritesLeavesWholeAsHtmlAndAsText() throws Exception {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    JsonNode message =
        shopbell.api().post("/conversations/" + id + "/replies", Map.of("html", WRITTEN));
    assertThat(message.path("html").asString())
        .contains("<s>50 €</s> <strong>40 €</strong>, <em>really</em>")
        .contains("<ul><li><p>not the lid</p></li></ul></li>")
        .contains("<ol start=\"3\">")
        .contains("<pre><code>a  b\nc</code></pre>");
    inbox.awaitDelivery(id, message.path("id").asLong(), "sent");
    Multipart alternative = (Multipart) inbox.sentTo(anna).getLast().getContent();
    String text = ((String) alternative.getBodyPart(0).getContent()).replace("\r\n", "\n");
    assertThat(text)
        .startsWith(
            """
            The price is ~50 €~ 40 €, really.

            - Open the box
              - not the lid
            - Take it out

            3. third
            4. fourth

            > You wrote this

            Type `reset`:

            a  b
            c

            Track it <https://shop.example/t>
            """);
    String html = (String) alternative.getBodyPart(1).getContent();
    assertThat(html)
        .contains("<s>50 €</s>")
        .contains(">Open the box<ul style=")
        .contains("white-space:pre-wrap")
        .doesNotContain("class=\"language-x\"");
  }

  @Test
  void widthOfAPictureGoesWithTheMail() throws Exception {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    long upload = shopbell.api().upload("crack.png", "image/png", new byte[] {(byte) 0x89, 1});
    String image =
        "<p><img src=\"/api/v1/attachments/%d\" alt=\"The crack\" width=\"240\" style=\"width:9999px\" onerror=\"x\"></p>"
            .formatted(upload);
    JsonNode message =
        shopbell.api().post("/conversations/" + id + "/replies", Map.of("html", image));
    assertThat(message.path("html").asString())
        .contains("alt=\"The crack\" width=\"240\"")
        .doesNotContain("onerror")
        .doesNotContain("9999");
    inbox.awaitDelivery(id, message.path("id").asLong(), "sent");
    Multipart alternative = (Multipart) inbox.sentTo(anna).getLast().getContent();
    Multipart related = (Multipart) alternative.getBodyPart(1).getContent();
    assertThat((String) related.getBodyPart(0).getContent())
        .contains("width=\"240\"")
        .contains("max-width:100%");
  }
}
