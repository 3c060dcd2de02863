package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Clip;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Takes the pictures of the documentation anew; CONTRIBUTING.md says how. No part of the suite. */
class DocumentPictures {
  private static final Path IMAGES = Path.of("docs", "images");
  private static final int MOST_BYTES = 120_000;

  @Test
  void take() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
    try (RunningShopbell demo = RunningShopbell.start(Map.of("shopbell.demo", "true"))) {
      Inbox.soon("customers who may be the same")
          .until(() -> demo.api().all("/customers/duplicates").size(), found -> found > 2);
      somethingToTell(demo);
      try (Desk phone = Desk.onPhone(demo).signedIn()) {
        ofThePhone(phone, new Inbox(demo).only("gareth@pughllewellyn.example"));
      }
      try (Desk desk = Desk.of(demo).signedIn()) {
        ofTheDesk(desk, new Inbox(demo));
      }
    }
  }

  /** A colleague gives the owner, who has a name of their own, two conversations. */
  private static void somethingToTell(RunningShopbell demo) {
    long owner =
        demo.api().all("/agents").stream()
            .filter(each -> each.path("email").asString().equals(RunningShopbell.OWNER))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asLong();
    demo.api().patch("/agents/" + owner, Map.of("name", "Robin Avery"));
    Browser nadia =
        Colleague.member(demo, Map.of("name", "Nadia Haddad", "role", "agent")).browser();
    for (JsonNode row : demo.api().all("/conversations?view=unassigned").subList(0, 2)) {
      nadia.send(
          "PUT",
          "/conversations/" + row.path("id").asLong() + "/assignee",
          Map.of("agentId", owner),
          true);
    }
  }

  private static void ofTheDesk(Desk desk, Inbox inbox) {
    long gareth = inbox.only("gareth@pughllewellyn.example");
    long yuki = inbox.of("yuki.tanabe@kominka.example").getLast().path("id").asLong();
    desk.open(gareth);
    save(shot(desk), "desk-light");
    desk.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    save(shot(desk), "desk-dark");
    desk.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    desk.go("/inbox/all/" + yuki);
    assertThat(desk.page().getByRole(AriaRole.ARTICLE).first()).isVisible();
    save(part(desk, "main"), "reading");
    desk.go("/customers/duplicates");
    assertThat(desk.page().locator("main section")).hasCount(2);
    save(shot(desk), "duplicates");
    desk.inbox().press("b");
    assertThat(desk.page().getByLabel("Notifications").locator("li").nth(1)).isVisible();
    save(clip(shot(desk), 0, 0, 820, 460), "notifications");
    desk.go("/settings/keyboard");
    assertThat(desk.heading("Keyboard")).isVisible();
    save(shot(desk), "keyboard");
    desk.go("/settings/tags");
    assertThat(desk.page().getByRole(AriaRole.LISTITEM).getByText("warranty")).isVisible();
    save(shot(desk), "tags");
    desk.inbox().press("/").type("is:open ta");
    assertThat(desk.page().locator("mark").first()).isVisible();
    assertThat(desk.page().locator("[role=option]:visible").first()).isVisible();
    save(shot(desk), "search");
    desk.open(yuki).write("r", "Hello Yuki,\n\nthe miso kit is made **without wheat or barley** ");
    desk.type(":smi");
    assertThat(desk.page().locator("[role=option]:visible").first()).isVisible();
    save(part(desk, "main"), "writing");
    desk.press("Escape", "Control+a", "Delete", "Escape");
    desk.open(yuki).press("m");
    assertThat(desk.page().locator("[role=option]:visible").first()).isVisible();
    desk.press("Enter");
    assertThat(desk.button("Merge")).isVisible();
    save(shot(desk), "merging");
    desk.press("Escape");
    desk.open(gareth).write("r", "Hello Gareth,\n\nyour new crock leaves us today.");
    desk.page().context().setOffline(true);
    desk.press("Control+Enter");
    assertThat(desk.text("Waiting to be sent")).isVisible();
    save(shot(desk), "offline");
  }

  private static void ofThePhone(Desk phone, long conversation) {
    phone.inbox();
    assertThat(phone.page().locator("li[aria-posinset]").nth(5)).isVisible();
    BufferedImage list = shot(phone);
    phone.open(conversation);
    BufferedImage read = shot(phone);
    phone.write("r", "Hello Gareth,\n\nthe new crock leaves us today, and I am sorry ");
    BufferedImage written = shot(phone);
    phone.press("Control+a", "Delete", "Escape");
    int gap = 24;
    BufferedImage all =
        new BufferedImage(
            3 * list.getWidth() + 2 * gap, list.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics pen = all.getGraphics();
    pen.setColor(new java.awt.Color(0xc6ccd3));
    pen.fillRect(0, 0, all.getWidth(), all.getHeight());
    int x = 0;
    for (BufferedImage each : List.of(list, read, written)) {
      pen.drawImage(each, x, 0, null);
      x += each.getWidth() + gap;
    }
    save(all, "phone");
  }

  /** What the window shows, once it has come to rest. */
  private static BufferedImage shot(Desk desk) {
    return picture(desk, new Page.ScreenshotOptions());
  }

  private static BufferedImage part(Desk desk, String selector) {
    var box = desk.page().locator(selector).first().boundingBox();
    return picture(
        desk, new Page.ScreenshotOptions().setClip(new Clip(box.x, box.y, box.width, box.height)));
  }

  private static BufferedImage picture(Desk desk, Page.ScreenshotOptions options) {
    assertThat(desk.page().locator("[aria-busy=true], .bone, [class*=_way_]")).hasCount(0);
    desk.page().evaluate("() => document.fonts.ready");
    try {
      return ImageIO.read(new ByteArrayInputStream(desk.page().screenshot(options)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage clip(BufferedImage image, int x, int y, int width, int height) {
    return image.getSubimage(x, y, width, height);
  }

  /** As a PNG of 256 colours, which for a screen is a quarter of the size. */
  private static void save(BufferedImage image, String name) {
    BufferedImage few =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette(image));
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        few.setRGB(x, y, image.getRGB(x, y));
      }
    }
    Path file = IMAGES.resolve(name + ".png");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam smallest = writer.getDefaultWriteParam();
    smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    smallest.setCompressionQuality(0);
    try {
      java.nio.file.Files.deleteIfExists(file);
      try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
        writer.setOutput(out);
        writer.write(null, new IIOImage(few, null, null), smallest);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(file.toFile().length()).as(name).isLessThan(MOST_BYTES);
  }

  /** The most frequent colours, and the most frequent of those that are far from them. */
  private static IndexColorModel palette(BufferedImage image) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        counts.merge(image.getRGB(x, y), 1, Integer::sum);
      }
    }
    List<Integer> frequent =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    Set<Integer> near = new HashSet<>();
    List<Integer> colors = new java.util.ArrayList<>();
    for (int color : frequent) {
      boolean isNew = near.add(color & 0xf0f0f0);
      if (colors.size() < 256 && (colors.size() < 128 || isNew)) {
        colors.add(color);
      }
    }
    byte[] red = new byte[colors.size()];
    byte[] green = new byte[colors.size()];
    byte[] blue = new byte[colors.size()];
    for (int i = 0; i < colors.size(); i++) {
      red[i] = (byte) (colors.get(i) >> 16);
      green[i] = (byte) (colors.get(i) >> 8);
      blue[i] = colors.get(i).byteValue();
    }
    return new IndexColorModel(8, colors.size(), red, green, blue);
  }
}
