package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is sent by SMTP is in the inbox, whatever it is. */
class MailInTest {
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @Test
  void mailWithoutFromBecomesAConversation() {
    String subject = Inbox.word();
    byte[] raw = ("Subject: " + subject + "\r\n\r\nWho am I?\r\n").getBytes(StandardCharsets.UTF_8);
    JsonNode conversation = keepsTheOriginal("", raw);
    assertThat(conversation.path("subject").asString()).isEqualTo(subject);
    assertThat(conversation.path("customer").path("address").isNull()).isTrue();
  }

  @Test
  void mailWithHeadersOnlyBecomesAConversation() {
    String anna = address("anna");
    byte[] raw = ("From: " + anna + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    JsonNode conversation = keepsTheOriginal(anna, raw);
    assertThat(conversation.path("subject").asString()).isEqualTo("(no subject)");
    assertThat(conversation.path("customer").path("address").asString()).isEqualTo(anna);
  }

  @Test
  void mailWithoutAnyByteBecomesAConversation() {
    keepsTheOriginal(address("anna"), new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void garbageBecomesAConversation(int seed) {
    byte[] raw = new byte[5_000];
    new Random(seed).nextBytes(raw);
    for (int i = 0; i < raw.length; i++) {
      // Only CRLF is a line end in SMTP; a lone CR or LF may be changed on the way.
      raw[i] = raw[i] == '\r' || raw[i] == '\n' ? (byte) 'x' : raw[i];
    }
    raw[raw.length - 2] = '\r';
    raw[raw.length - 1] = '\n';
    keepsTheOriginal(address("anna"), raw);
  }

  @Test
  void anInvitationStandsOnItsMessage() {
    String anna = address("anna");
    String raw =
        "From: %s\nSubject: Fitting\nContent-Type: text/calendar; method=REQUEST\n\n"
                .formatted(anna)
            + "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Fitting\nDTSTART:20260310T130000Z\n"
            + "END:VEVENT\nEND:VCALENDAR\n";
    JsonNode conversation =
        keepsTheOriginal(anna, raw.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    JsonNode message = inbox.messages(conversation.path("id").asLong()).getFirst();
    assertThat(message.path("marks").get(0).asString()).isEqualTo("invitation");
    assertThat(message.path("appointment").path("method").asString()).isEqualTo("request");
    assertThat(message.path("appointment").path("start").asString())
        .isEqualTo("2026-03-10T13:00:00Z");
    assertThat(message.path("text").asString()).contains("Tuesday, 10 March 2026, 13:00 (UTC)");
  }

  /** Whatever it is: acknowledged, one conversation, the original as it was. */
  private JsonNode keepsTheOriginal(String from, byte[] raw) {
    long before = newest();
    assertThat(Mail.send(shopbell.smtpPort(), from, List.of(SHOP), raw).code()).isEqualTo(250);
    inbox.settle();
    List<JsonNode> rows =
        shopbell
            .api()
            .get("/conversations?limit=50")
            .path("items")
            .valueStream()
            .filter(row -> row.path("id").asLong() > before)
            .toList();
    assertThat(rows).hasSize(1);
    List<JsonNode> messages = inbox.messages(rows.getFirst().path("id").asLong());
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst().path("hasOriginal").asBoolean()).isTrue();
    HttpResponse<byte[]> original =
        shopbell
            .api()
            .download("/messages/" + messages.getFirst().path("id").asLong() + "/original");
    assertThat(original.statusCode()).isEqualTo(200);
    assertThat(original.body()).isEqualTo(raw);
    assertHarmless(original);
    return rows.getFirst();
  }

  private long newest() {
    return shopbell
        .api()
        .get("/conversations?limit=200")
        .path("items")
        .valueStream()
        .mapToLong(row -> row.path("id").asLong())
        .max()
        .orElse(0);
  }

  /** Nothing that a stranger sent is shown as a page of ours. */
  private static void assertHarmless(HttpResponse<byte[]> response) {
    assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment");
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .isEqualTo("application/octet-stream");
    assertSandboxed(response);
  }

  private static void assertSandboxed(HttpResponse<byte[]> response) {
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; sandbox");
  }

  /** A mail with one attachment. */
  private static byte[] carrying(String from, String partHeaders, byte[] content) {
    String head =
        """
        From: %s
        To: %s
        Subject: A file
        Message-ID: <%s>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="cut"

        --cut
        Content-Type: text/plain

        Here it is.
        --cut
        %s
        Content-Transfer-Encoding: base64

        """
            .formatted(from, SHOP, Inbox.messageId(), partHeaders.strip());
    return (head.replace("\n", "\r\n")
            + Base64.getMimeEncoder().encodeToString(content)
            + "\r\n--cut--\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode onlyAttachment(String from) {
    JsonNode attachments = inbox.lastMessage(inbox.only(from)).path("attachments");
    assertThat(attachments).hasSize(1);
    return attachments.get(0);
  }

  @Test
  void attachmentArrivesWithNameTypeSizeAndContent() {
    String anna = address("anna");
    byte[] content = "Rechnung\u0000 Nº 7".getBytes(StandardCharsets.UTF_8);
    byte[] mail =
        carrying(
            anna,
            "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''Rechnung%20M%C3%A4rz.pdf",
            content);
    assertThat(Mail.send(shopbell.smtpPort(), anna, List.of(SHOP), mail).code()).isEqualTo(250);
    inbox.settle();
    JsonNode attachment = onlyAttachment(anna);
    assertThat(attachment.path("name").asString()).isEqualTo("Rechnung März.pdf");
    assertThat(attachment.path("contentType").asString()).isEqualTo("application/pdf");
    assertThat(attachment.path("size").asLong()).isEqualTo(content.length);
    HttpResponse<byte[]> file = shopbell.api().download(attachment.path("url").asString());
    assertThat(file.body()).isEqualTo(content);
    assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
        .contains("filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf");
    assertHarmless(file);
  }

  @Test
  void attachmentOfTwentyMegabytesGoesThrough() {
    String anna = address("anna");
    byte[] content = new byte[20 * 1024 * 1024];
    new Random(20).nextBytes(content);
    byte[] mail =
        carrying(
            anna,
            "Content-Type: video/mp4\nContent-Disposition: attachment; filename=a.mp4",
            content);
    assertThat(Mail.send(shopbell.smtpPort(), anna, List.of(SHOP), mail).code()).isEqualTo(250);
    soon("the large mail").until(() -> !inbox.of(anna).isEmpty());
    JsonNode attachment = onlyAttachment(anna);
    assertThat(attachment.path("size").asLong()).isEqualTo(content.length);
    assertThat(
            Arrays.equals(
                shopbell.api().download(attachment.path("url").asString()).body(), content))
        .isTrue();
    long message = inbox.lastMessage(inbox.only(anna)).path("id").asLong();
    assertThat(
            Arrays.equals(
                shopbell.api().download("/messages/" + message + "/original").body(), mail))
        .isTrue();
  }

  @Test
  void imageInTheTextPointsToItsAttachment() {
    String anna = address("anna");
    String html =
        "<p>Look: <img src=\"cid:pic@client\" alt=\"broken lid\"> and <img src=\"cid:none@client\"></p>";
    inbox.take(
        withHtml(
            anna,
            html,
            "Content-Type: image/png\nContent-ID: <pic@client>\nContent-Disposition: inline; filename=lid.png"));
    JsonNode message = inbox.lastMessage(inbox.only(anna));
    JsonNode attachment = message.path("attachments").get(0);
    assertThat(attachment.path("inline").asBoolean()).isTrue();
    assertThat(message.path("html").asString())
        .contains("src=\"" + attachment.path("url").asString() + "\"")
        .doesNotContain("cid:");
    HttpResponse<byte[]> image = shopbell.api().download(attachment.path("url").asString());
    assertThat(image.body()).isEqualTo(PNG);
    assertThat(image.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(image.headers().firstValue("Content-Disposition").orElse("")).startsWith("inline");
    assertSandboxed(image);
  }

  private static Mail withHtml(String from, String html, String imageHeaders) {
    String raw =
        """
        From: %s
        To: %s
        Subject: In colour
        Message-ID: <%s>
        MIME-Version: 1.0
        Content-Type: multipart/related; boundary="cut"

        --cut
        Content-Type: text/html; charset=utf-8

        %s
        --cut
        %s
        Content-Transfer-Encoding: base64

        %s
        --cut--
        """
            .formatted(
                from,
                SHOP,
                Inbox.messageId(),
                html,
                imageHeaders,
                Base64.getEncoder().encodeToString(PNG));
    return new Mail(from, List.of(SHOP), raw.replace("\n", "\r\n"));
  }

  @Test
  void hostileHtmlArrivesSafe() {
    String anna = address("anna");
    String html =
        "<p onclick=\"steal()\">Hello</p><script>steal()</script><img src=x onerror=steal()>"
            + "<iframe src=\"https://evil.example\"></iframe><a href=\"javascript:steal()\">click</a>"
            + "<form action=\"https://evil.example\"><input name=p></form><svg onload=steal()></svg>"
            + "<div style=\"background:url(https://evil.example/t.gif);position:fixed\">x</div>"
            + "<meta http-equiv=refresh content=\"0;url=https://evil.example\"><base href=\"https://evil.example\">";
    inbox.take(withHtml(anna, html, "Content-Type: image/png"));
    String shown = inbox.lastMessage(inbox.only(anna)).path("html").asString();
    assertThat(shown)
        .contains("Hello")
        .contains("click")
        .doesNotContainIgnoringCase("steal")
        .doesNotContainIgnoringCase("evil.example")
        .doesNotContainIgnoringCase("<script")
        .doesNotContainIgnoringCase("<iframe")
        .doesNotContainIgnoringCase("<form")
        .doesNotContainIgnoringCase("<svg")
        .doesNotContainIgnoringCase("javascript:");
  }

  @Test
  void remoteImagesAreHeldBackAndCounted() {
    String anna = address("anna");
    String html =
        "<img src=\"https://track.example/1.gif\"><img src=\"//track.example/2.gif\"><img src=\"cid:pic@client\">";
    inbox.take(withHtml(anna, html, "Content-Type: image/png\nContent-ID: <pic@client>"));
    JsonNode message = inbox.lastMessage(inbox.only(anna));
    assertThat(message.path("remoteImages").asInt()).isEqualTo(2);
    assertThat(message.path("html").asString())
        .contains(
            "data-remote-image=\"/api/v1/messages/"
                + message.path("id").asLong()
                + "/remote-images/0\"")
        .doesNotContain("track.example")
        .doesNotContain(" src=\"https:")
        .doesNotContain(" src=\"//");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "TEXT/HTML"})
  void fileThatCouldRunIsNeverShown(String type) {
    String anna = address("anna");
    byte[] content = "<html><svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8);
    byte[] mail =
        carrying(
            anna,
            "Content-Type: " + type + "\nContent-Disposition: inline; filename=page.html",
            content);
    assertThat(Mail.send(shopbell.smtpPort(), anna, List.of(SHOP), mail).code()).isEqualTo(250);
    inbox.settle();
    HttpResponse<byte[]> file =
        shopbell.api().download(onlyAttachment(anna).path("url").asString());
    assertThat(file.body()).isEqualTo(content);
    assertHarmless(file);
  }
}
