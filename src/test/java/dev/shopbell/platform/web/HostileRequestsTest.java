package dev.shopbell.platform.web;

import static dev.shopbell.Inbox.soon;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.RunningShopbell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that no browser makes, byte by byte. */
class HostileRequestsTest {
  private static final int SLOW = 2_000;

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final List<Wire> wires = new ArrayList<>();

  private static final class Wire {
    private final Socket socket;

    Wire(URI address) throws IOException {
      socket = new Socket(address.getHost(), address.getPort());
      socket.setSoTimeout(20_000);
    }

    Wire says(String text) throws IOException {
      return says(text.getBytes(ISO_8859_1));
    }

    Wire says(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      return this;
    }

    /** The status of the answer. */
    int answer() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = socket.getInputStream().read();
          c >= 0 && c != '\n';
          c = socket.getInputStream().read()) {
        line.append((char) c);
      }
      assertThat(line).startsWith("HTTP/1.1 ");
      return Integer.parseInt(line.substring(9, 12));
    }

    boolean closed() {
      try {
        socket.setSoTimeout(1);
        while (socket.getInputStream().read() >= 0) {
          // Whatever it still had to say.
        }
        return true;
      } catch (SocketTimeoutException e) {
        return false;
      } catch (IOException e) {
        return true;
      }
    }
  }

  private Wire connect() throws IOException {
    Wire wire = new Wire(URI.create(shopbell.address()));
    wires.add(wire);
    return wire;
  }

  @AfterEach
  void hangUp() throws IOException {
    for (Wire wire : wires) {
      wire.socket.close();
    }
  }

  private static String head(String method, String path, String... headers) {
    return method
        + " /api/v1"
        + path
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + String.join("\r\n", headers)
        + "\r\n\r\n";
  }

  private static final String SIGNED = "Authorization: Bearer " + RunningShopbell.TOKEN;
  private static final String JSON = "Content-Type: application/json";

  @Test
  void aHeadThatIsTooLongIsRefused() throws IOException {
    Wire wire = connect();
    wire.says("GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
    try {
      for (int i = 0; i < 1_024; i++) {
        wire.says("x".repeat(1_024));
      }
    } catch (IOException e) {
      // It has heard enough.
    }
    assertThat(connect().says(head("GET", "/session", "X-Long: " + "x".repeat(33 * 1024))).answer())
        .isEqualTo(431);
    soon("hung up").until(wire::closed);
  }

  @Test
  void aBodyThatIsTooLongIsRefusedWhileItIsRead() throws IOException {
    String start = "{\"name\":\"";
    int more = 8 * 1024 * 1024;
    Wire wire = connect().says(head("POST", "/tags", SIGNED, JSON, "Transfer-Encoding: chunked"));
    wire.says(Integer.toHexString(start.length()) + "\r\n" + start + "\r\n");
    wire.says(Integer.toHexString(more) + "\r\n" + "x".repeat(more) + "\r\n0\r\n\r\n");
    assertThat(wire.answer()).isEqualTo(413);
  }

  @Test
  void whoeverIsNotSignedInSaysLittle() throws IOException {
    String body = "{\"email\":\"" + "x".repeat(64 * 1024) + "\"}";
    assertThat(
            connect()
                .says(head("POST", "/session", JSON, "Content-Length: " + body.length()) + body)
                .answer())
        .isEqualTo(413);
    String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    assertThat(
            connect()
                .says(head("POST", "/session", JSON, "Transfer-Encoding: chunked") + chunk)
                .answer())
        .isEqualTo(413);
  }

  @Test
  void aPackedBodyIsNotUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"name\":\"packed\"}".getBytes(ISO_8859_1));
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(shopbell.address() + "/api/v1/tags"))
                    .header("Authorization", "Bearer " + RunningShopbell.TOKEN)
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(415);
  }

  /** Where the token of a browser is looked for, a form is read. */
  @Test
  void aLongFormIsRefusedToo() {
    Browser browser = Colleague.member(shopbell, Map.of("role", "agent")).browser();
    browser.get("/session");
    Api.Answer answer =
        shopbell
            .api(null)
            .send(
                "POST",
                "/tags",
                "a=" + "x".repeat(1024 * 1024),
                Map.of(
                    "Content-Type",
                    "application/x-www-form-urlencoded",
                    "Cookie",
                    "shopbell_session=" + browser.cookie("shopbell_session")));
    assertThat(answer.status()).isBetween(400, 499);
  }

  @Test
  void thousandsOfSlowRequestsHoldUpNobodyAndAreEnded() throws IOException {
    SlowRequests guard = shopbell.bean(SlowRequests.class);
    List<Wire> slow = new ArrayList<>();
    for (int i = 0; i < SLOW; i++) {
      slow.add(connect().says("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
    }
    for (int i = 0; i < 20; i++) {
      shopbell.api().get("/conversations");
    }
    soon("all of them seen").until(() -> guard.size() >= SLOW);
    long now = Duration.ofNanos(System.nanoTime()).toSeconds();
    guard.endSlow(now);
    guard.endSlow(now + 29);
    assertThat(slow.getFirst().closed()).as("in time yet").isFalse();
    long later = now + 120;
    soon("every slow one closed")
        .until(() -> {
          guard.endSlow(later);
          return slow.stream().allMatch(Wire::closed);
        });
    shopbell.api().get("/conversations");
  }

  @Test
  void anUploadThatNeverEndsIsEnded() throws IOException {
    SlowRequests guard = shopbell.bean(SlowRequests.class);
    Wire wire =
        connect()
            .says(
                head(
                    "POST",
                    "/uploads",
                    SIGNED,
                    "Content-Type: multipart/form-data; boundary=cut",
                    "Content-Length: 1000000"))
            .says("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n");
    long[] now = {Duration.ofNanos(System.nanoTime()).toSeconds()};
    soon("ended though a byte comes now and then")
        .until(() -> {
          try {
            wire.says("x");
          } catch (IOException e) {
            return true;
          }
          guard.endSlow(now[0] += 20);
          return wire.closed();
        });
    shopbell.api().get("/conversations");
  }

  @Test
  void aPackedFrameOfTheLiveConnectionIsNotUnpackedWithoutEnd() throws IOException {
    Wire wire =
        connect()
            .says(
                head(
                    "GET",
                    "/live",
                    SIGNED,
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Extensions: permessage-deflate"));
    assertThat(wire.answer()).isEqualTo(101);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      for (int i = 0; i < 64; i++) {
        out.write(new byte[1024 * 1024]);
      }
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    // the last of a text, packed; masked by nothing; its length in four bytes of eight
    frame.write(new byte[] {(byte) 0xC1, (byte) 0xFF, 0, 0, 0, 0});
    for (int shift = 24; shift >= 0; shift -= 8) {
      frame.write(packed.size() >> shift);
    }
    frame.write(new byte[4]);
    frame.write(packed.toByteArray());
    try {
      wire.says(frame.toByteArray());
    } catch (IOException e) {
      // It has heard enough.
    }
    soon("closed").until(wire::closed);
    shopbell.api().get("/conversations");
  }

  @Test
  void noPageOfOursIsFramedByAnother() throws Exception {
    HttpResponse<String> page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(shopbell.address() + "/")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("frame-ancestors 'none'");
  }
}
