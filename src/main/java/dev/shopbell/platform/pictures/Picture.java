package dev.shopbell.platform.pictures;

import dev.shopbell.platform.web.Problem;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture, painted anew from whatever was uploaded, with nothing of the upload in it but its
 * colours.
 *
 * @param type {@code jpg}, or {@code png} where something shines through
 */
public record Picture(byte[] bytes, String type) {
  /** What an upload may have. */
  public static final int MOST_BYTES = 2 * 1024 * 1024;

  /** What a decoder may have to hold in memory; a photo of a telephone has 12 million. */
  private static final long MOST_PIXELS = 25_000_000;

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

  /**
   * The middle of the picture, square.
   *
   * @param side in pixels; a smaller picture is made larger
   * @throws Problem if it is no PNG or JPEG, too large, or broken
   */
  public static Picture middle(byte[] upload, int side) {
    BufferedImage image =
        read(
            upload,
            (width, height) -> {
              int least = Math.min(width, height);
              return new Rectangle((width - least) / 2, (height - least) / 2, least, least);
            },
            side);
    BufferedImage square = scaled(image, side, side);
    return isOpaque(square)
        ? new Picture(written(painted(square, side, side, false), "jpeg"), "jpg")
        : new Picture(written(square, "png"), "png");
  }

  /**
   * The whole picture in its own shape, always as PNG, which keeps edges and letters sharp.
   *
   * @param longest of its sides, in pixels; a smaller picture stays as it is
   * @throws Problem if it is no PNG or JPEG, too large, or broken
   */
  public static Picture whole(byte[] upload, int longest) {
    BufferedImage image =
        read(upload, (width, height) -> new Rectangle(0, 0, width, height), longest);
    double scale = Math.min(1, (double) longest / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    return new Picture(written(scaled(image, width, height), "png"), "png");
  }

  /** One at a time: a large one takes a decoder much memory. */
  private static synchronized BufferedImage read(
      byte[] upload, BiFunction<Integer, Integer, Rectangle> region, int wanted) {
    if (upload.length > MOST_BYTES) {
      throw Problem.invalid("file", "A picture may have 2 MB. This one has more.");
    }
    try {
      return decoded(upload, format(upload), region, wanted);
    } catch (Problem problem) {
      throw problem;
    } catch (IOException | RuntimeException broken) {
      // the JDK's decoders say so in many ways
      throw Problem.invalid(
          "file", "This picture cannot be read. Save it anew as PNG or JPEG and try again.");
    }
  }

  private static String format(byte[] upload) {
    if (startsWith(upload, PNG)) {
      return "png";
    }
    if (startsWith(upload, JPEG)) {
      return "jpeg";
    }
    boolean webp =
        upload.length > 12 && new String(upload, 8, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
    throw Problem.invalid(
        "file",
        webp
            ? "WebP is not read here. Save the picture as PNG or JPEG and try again."
            : "A picture must be PNG or JPEG.");
  }

  private static boolean startsWith(byte[] upload, byte[] magic) {
    return upload.length > magic.length
        && Arrays.equals(upload, 0, magic.length, magic, 0, magic.length);
  }

  private static BufferedImage decoded(
      byte[] upload, String format, BiFunction<Integer, Integer, Rectangle> region, int wanted)
      throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(upload))) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > MOST_PIXELS) {
        throw Problem.invalid(
            "file",
            "A picture may have 25 million pixels. This one has %d × %d.".formatted(width, height));
      }
      Rectangle part = region.apply(width, height);
      // three times what is wanted is enough to scale from; of a line nothing is left out
      int step =
          Math.max(
              1,
              Math.min(
                  Math.min(part.width, part.height),
                  Math.max(part.width, part.height) / (3 * wanted)));
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceRegion(part);
      param.setSourceSubsampling(step, step, 0, 0);
      return reader.read(0, param);
    } finally {
      reader.dispose();
    }
  }

  /** By halves, since one large step would skip pixels. */
  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage current = image;
    while (current.getWidth() > 2 * width && current.getHeight() > 2 * height) {
      current =
          painted(
              current,
              Math.max(2 * width, current.getWidth() / 2),
              Math.max(2 * height, current.getHeight() / 2),
              true);
    }
    return painted(current, width, height, true);
  }

  private static BufferedImage painted(BufferedImage image, int width, int height, boolean alpha) {
    BufferedImage result =
        new BufferedImage(
            width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = result.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return result;
  }

  private static boolean isOpaque(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(pixels).allMatch(pixel -> pixel >>> 24 == 0xff);
  }

  private static byte[] written(BufferedImage image, String format) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0.9f);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
