package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.RunningShopbell;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** An agent's picture, which customers see. */
class FaceTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api agent = Colleague.joins(shopbell, "agent");

  private Api.Answer upload(byte[] picture) {
    return agent.sendFile("/me/face", "me.png", "image/png", picture);
  }

  private HttpResponse<byte[]> anyone(String faceUrl) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(shopbell.address() + faceUrl)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Red at its left and right, blue in its middle. */
  private static byte[] wide(String format, int type) throws IOException {
    BufferedImage image = new BufferedImage(1200, 400, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, 1200, 400);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(400, 0, 400, 400);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  @Test
  void theMiddleOfThePictureIsServedToAnyoneForLong() throws Exception {
    String url = upload(wide("jpeg", BufferedImage.TYPE_INT_RGB)).json().path("faceUrl").asString();
    assertThat(url).matches("/faces/[a-z2-7]{25,}\\.jpg");
    HttpResponse<byte[]> served = anyone(url);
    assertThat(served.statusCode()).isEqualTo(200);
    assertThat(served.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(served.headers().firstValue("Cache-Control").orElse(""))
        .contains("public", "immutable", "max-age=31536000");
    BufferedImage face = ImageIO.read(new ByteArrayInputStream(served.body()));
    assertThat(face.getWidth()).isEqualTo(192);
    assertThat(face.getHeight()).isEqualTo(192);
    assertThat(new Color(face.getRGB(4, 96)).getBlue()).isGreaterThan(200);
    assertThat(new Color(face.getRGB(187, 96)).getBlue()).isGreaterThan(200);
  }

  @Test
  void whatShinesThroughStaysPng() throws Exception {
    BufferedImage clear = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(clear, "png", bytes);
    assertThat(upload(bytes.toByteArray()).json().path("faceUrl").asString()).endsWith(".png");
  }

  @Test
  void onePictureThatWasReplacedStaysAndAllGoTogether() throws Exception {
    byte[] picture = wide("png", BufferedImage.TYPE_INT_RGB);
    String first = upload(picture).json().path("faceUrl").asString();
    String second = upload(picture).json().path("faceUrl").asString();
    assertThat(second).isNotEqualTo(first);
    assertThat(anyone(first).statusCode()).isEqualTo(200);
    assertThat(agent.delete("/me/face").path("faceUrl").isNull()).isTrue();
    assertThat(anyone(first).statusCode()).isEqualTo(404);
    assertThat(anyone(second).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoPictureIsRefusedInWords() throws IOException {
    assertThat(refusal("<svg/>".getBytes(StandardCharsets.UTF_8))).contains("PNG or JPEG");
    assertThat(refusal("RIFF1234WEBPVP8 ".getBytes(StandardCharsets.UTF_8))).contains("WebP");
    byte[] torn = wide("png", BufferedImage.TYPE_INT_RGB);
    assertThat(refusal(Arrays.copyOf(torn, 200))).contains("cannot be read");
    assertThat(refusal(new byte[2 * 1024 * 1024 + 1])).contains("2 MB");
  }

  @Test
  void aPictureThatWouldFillTheMemoryIsRefusedByItsHead() {
    ByteBuffer head = ByteBuffer.allocate(33);
    head.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}).putInt(13);
    head.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(60_000).putInt(60_000);
    head.put(new byte[] {8, 6, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(head.array(), 12, 17);
    head.putInt((int) crc.getValue());
    assertThat(refusal(head.array())).contains("60000 × 60000");
  }

  private String refusal(byte[] picture) {
    Api.Answer answer = upload(picture);
    assertThat(answer.status()).isEqualTo(422);
    return answer.json().path("detail").asString();
  }
}
