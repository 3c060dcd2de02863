package dev.shopbell;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures to send and to serve. */
public final class Pictures {
  private Pictures() {}

  public static byte[] png(int width, int height) {
    return of("png", width, height);
  }

  /**
   * @param format as ImageIO names it: png, jpg, gif
   */
  public static byte[] of(String format, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics pen = image.getGraphics();
    pen.setColor(Color.ORANGE);
    pen.fillRect(0, 0, width, height);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
