package dev.shopbell.brands;

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
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How a brand looks. */
class LogoTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api owner = shopbell.api();
  private final String brand =
      "/brands/" + owner.get("/brands").path("items").get(0).path("id").asLong();

  @AfterEach
  void takeItAway() {
    owner.delete(brand + "/logo");
  }

  private Api.Answer upload(byte[] picture) {
    return owner.sendFile(brand + "/logo", "logo.png", "image/png", picture);
  }

  private HttpResponse<byte[]> anyone(String logoUrl) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(shopbell.address() + logoUrl)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private static byte[] png(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void aLogoKeepsItsShapeAndWhatShinesThrough() throws Exception {
    String url = upload(png(1200, 300)).json().path("logoUrl").asString();
    assertThat(url).matches("/logos/[a-z2-7]{25,}\\.png");
    HttpResponse<byte[]> served = anyone(url);
    assertThat(served.statusCode()).isEqualTo(200);
    assertThat(served.headers().firstValue("Content-Type")).hasValue("image/png");
    BufferedImage logo = ImageIO.read(new ByteArrayInputStream(served.body()));
    assertThat(logo.getWidth()).isEqualTo(400);
    assertThat(logo.getHeight()).isEqualTo(100);
    assertThat(new Color(logo.getRGB(10, 50), true)).isEqualTo(Color.RED);
    assertThat(new Color(logo.getRGB(390, 50), true).getAlpha()).isZero();
  }

  @Test
  void aSmallLogoStaysAsItIs() throws Exception {
    String url = upload(png(32, 20)).json().path("logoUrl").asString();
    BufferedImage logo = ImageIO.read(new ByteArrayInputStream(anyone(url).body()));
    assertThat(logo.getWidth()).isEqualTo(32);
    assertThat(logo.getHeight()).isEqualTo(20);
  }

  @Test
  void aReplacedLogoIsGone() throws Exception {
    String first = upload(png(40, 40)).json().path("logoUrl").asString();
    JsonNode changed = upload(png(50, 40)).json();
    assertThat(anyone(first).statusCode()).isEqualTo(404);
    assertThat(owner.get("/brands").path("items").get(0).path("logoUrl"))
        .isEqualTo(changed.path("logoUrl"));
    assertThat(owner.delete(brand + "/logo").path("logoUrl").isNull()).isTrue();
    assertThat(anyone(changed.path("logoUrl").asString()).statusCode()).isEqualTo(404);
  }

  @Test
  void aDrawingIsRefusedInWords() {
    Api.Answer answer = upload("<svg/>".getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("detail").asString()).contains("PNG or JPEG");
  }

  @Test
  void onlyWhoSetsUpBrandsChangesALogo() throws Exception {
    Api agent = Colleague.joins(shopbell, "agent");
    assertThat(agent.sendFile(brand + "/logo", "logo.png", "image/png", png(9, 9)).status())
        .isEqualTo(403);
  }
}
