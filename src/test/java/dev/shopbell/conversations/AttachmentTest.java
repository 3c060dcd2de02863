package dev.shopbell.conversations;

import static dev.shopbell.Inbox.address;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.Pictures;
import dev.shopbell.RunningShopbell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ContentDisposition;
import tools.jackson.databind.JsonNode;

/** Files of messages: shown where that is safe, downloaded one by one or together. */
class AttachmentTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  private record Sent(String name, String type, byte[] content) {}

  /** A note with files; the note is returned. */
  private JsonNode note(Sent... files) {
    long id = inbox.begin(address("anna"), "Files");
    List<Long> uploads =
        Arrays.stream(files)
            .map(file -> api.upload(file.name(), file.type(), file.content()))
            .toList();
    return api.post(
        "/conversations/" + id + "/notes", Map.of("text", "See these", "attachments", uploads));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "page.html, text/html",
    "page.xhtml, application/xhtml+xml",
    "drawing.svg, image/svg+xml",
    "feed.xml, text/xml",
    "style.xsl, text/xsl",
    "run.js, text/javascript",
    "paper.pdf, application/pdf",
    "words.txt, text/plain",
    "data.json, application/json",
    "mail.eml, message/rfc822",
    "app.swf, application/x-shockwave-flash",
    "manifest.webmanifest, application/manifest+json",
    "archive.mht, multipart/related"
  })
  void whatMightRunIsNeverADocumentOfOurs(String name, String type) {
    byte[] hostile = "<svg onload=alert(1)><script>alert(1)</script>".getBytes(UTF_8);
    JsonNode file = note(new Sent(name, type, hostile)).path("attachments").get(0);
    HttpResponse<byte[]> answer = api.download(file.path("url").asString());
    assertThat(answer.body()).isEqualTo(hostile);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(answer, "Content-Disposition")).startsWith("attachment");
    isInert(answer);
  }

  @ParameterizedTest
  @CsvSource({"photo.png, image/png", "film.mp4, video/mp4", "talk.mp3, audio/mpeg"})
  void evenAFileThatLiesAboutItsTypeRunsNothing(String name, String type) {
    byte[] hostile = "<!doctype html><script>alert(1)</script>".getBytes(UTF_8);
    JsonNode file = note(new Sent(name, type, hostile)).path("attachments").get(0);
    HttpResponse<byte[]> answer = api.download(file.path("url").asString());
    assertThat(header(answer, "Content-Type")).isEqualTo(type);
    isInert(answer);
  }

  private static void isInert(HttpResponse<?> answer) {
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
  }

  @Test
  void aPlayerMayAskForAPiece() {
    byte[] film = new byte[5_000];
    Arrays.fill(film, (byte) 'f');
    film[1_000] = 'x';
    JsonNode file = note(new Sent("film.mp4", "video/mp4", film)).path("attachments").get(0);
    Api.Answer piece =
        api.send(
            "GET",
            file.path("url").asString().replace("/api/v1", ""),
            null,
            Map.of("Range", "bytes=1000-1003"));
    assertThat(piece.status()).isEqualTo(206);
    assertThat(piece.body()).isEqualTo("xfff");
    assertThat(piece.headers().firstValue("Content-Range")).contains("bytes 1000-1003/5000");
    assertThat(piece.headers().firstValue("Content-Security-Policy"))
        .contains("default-src 'none'; sandbox");
  }

  @Test
  void allFilesOfAMessageComeInOne() throws IOException {
    byte[] picture = Pictures.png(40, 30);
    JsonNode note =
        note(
            new Sent("invoice.pdf", "application/pdf", "first".getBytes(UTF_8)),
            new Sent("invoice.pdf", "application/pdf", "second".getBytes(UTF_8)),
            new Sent("INVOICE.PDF", "application/pdf", "third".getBytes(UTF_8)),
            new Sent("photo.png", "image/png", picture));
    HttpResponse<byte[]> answer =
        api.download("/messages/" + note.path("id").asLong() + "/attachments.zip");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/zip");
    assertThat(header(answer, "Content-Disposition")).startsWith("attachment");
    Map<String, byte[]> files = unpacked(answer.body());
    assertThat(files.keySet())
        .containsExactly("invoice.pdf", "invoice (2).pdf", "INVOICE (3).PDF", "photo.png");
    assertThat(files.get("invoice (2).pdf")).isEqualTo("second".getBytes(UTF_8));
    assertThat(files.get("photo.png")).isEqualTo(picture);
    long conversation = note.path("conversationId").asLong();
    api.post(
        "/conversations/" + conversation + "/notes",
        Map.of(
            "text",
            "One more",
            "attachments",
            List.of(api.upload("label.txt", "text/plain", "label".getBytes(UTF_8)))));
    HttpResponse<byte[]> whole =
        api.download("/conversations/" + conversation + "/attachments.zip");
    assertThat(unpacked(whole.body())).hasSize(5).containsKey("label.txt");
  }

  @Test
  void whereThereAreNoFilesThereIsNoArchive() {
    long id = inbox.begin(address("anna"), "No files");
    long message = inbox.lastMessage(id).path("id").asLong();
    assertThat(
            api.send("GET", "/messages/" + message + "/attachments.zip", null, Map.of()).status())
        .isEqualTo(404);
    assertThat(
            api.send("GET", "/conversations/" + id + "/attachments.zip", null, Map.of()).status())
        .isEqualTo(404);
  }

  private static Map<String, byte[]> unpacked(byte[] archive) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, passwd",
    "..%5C..%5Cevil.exe, evil.exe",
    ".., file",
    "a%E2%80%AEfdp.exe, afdp.exe",
    "next%C2%85line.txt, nextline.txt",
    "other%E2%80%A8line.txt, otherline.txt",
    "quote%22; filename=x.exe, quote\"; filename=x.exe"
  })
  void aNameIsOneLineWithoutAPathAndStaysInItsHeader(String encoded, String kept) {
    String given = URLDecoder.decode(encoded, UTF_8);
    String sent = given.replace("\\", "\\\\").replace("\"", "\\\"");
    JsonNode file = note(new Sent(sent, "text/plain", new byte[] {1})).path("attachments").get(0);
    assertThat(file.path("name").asString()).isEqualTo(kept);
    HttpResponse<byte[]> answer = api.download(file.path("url").asString());
    String header = header(answer, "Content-Disposition");
    assertThat(header).isPrintable().startsWith("attachment;");
    assertThat(ContentDisposition.parse(header).getFilename()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..\\..\\evil.exe",
        "/absolute.txt",
        "C:\\temp\\x.txt",
        "...",
        "",
        "CON",
        "con.txt",
        "lpt1.pdf",
        "trailing. . ",
        "a\u202Efdp.exe",
        "nul\u0000l.txt",
        "question?.txt"
      })
  void noNameLeavesTheFolderItIsUnpackedInto(String name) {
    staysInItsFolder(AttachmentArchive.safe(name));
  }

  @Property(tries = 500)
  void anyNameIsSafeInAnArchive(@ForAll String name) {
    staysInItsFolder(AttachmentArchive.safe(name));
  }

  private static void staysInItsFolder(String safe) {
    assertThat(safe)
        .isNotBlank()
        .doesNotContain("/", "\\", ":", "\u0000", "\u202E", "?")
        .doesNotStartWith(".")
        .doesNotEndWith(".")
        .doesNotEndWith(" ")
        .doesNotMatch("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
    assertThat(safe.codePointCount(0, safe.length())).isLessThanOrEqualTo(60);
  }

  @Test
  void aLongNameKeepsItsEnding() {
    assertThat(AttachmentArchive.safe("😀".repeat(300) + ".pdf")).endsWith("😀.pdf");
  }
}
