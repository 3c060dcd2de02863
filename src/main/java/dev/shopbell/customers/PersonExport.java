package dev.shopbell.customers;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** A zip of all that is kept of a person, written while it is read. */
public final class PersonExport {
  private final ZipOutputStream zip;
  private final JsonMapper json;

  PersonExport(OutputStream out, JsonMapper json) {
    this.zip = new ZipOutputStream(out);
    this.json = json;
    // Pictures are packed already, words are few: trying hard gains nothing.
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** What a file holds. */
  public interface Content {
    /** The stream is not to be closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @param path within the zip, of names that every file system takes; each once
   */
  public void file(String path, Content content) throws IOException {
    zip.putNextEntry(new ZipEntry(path));
    OutputStream open =
        new FilterOutputStream(zip) {
          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
          }

          @Override
          public void close() {}
        };
    content.writeTo(open);
    zip.closeEntry();
  }

  public void text(String path, String text) throws IOException {
    file(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A record as JSON that people can read, too. */
  public void json(String path, Object value) throws IOException {
    file(path, out -> write(value, out));
  }

  /** The same as part of a file. */
  public void write(Object value, OutputStream out) throws IOException {
    out.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
  }

  void finish() throws IOException {
    zip.finish();
  }
}
