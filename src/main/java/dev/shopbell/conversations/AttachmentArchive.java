package dev.shopbell.conversations;

import dev.shopbell.platform.files.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;

/** Packs files into one, as they are read: however many there are, none is held in memory. */
@Component
class AttachmentArchive {
  /** In characters; with its UTF-8 and an ending in brackets it fits into every file system. */
  private static final int LONGEST_NAME = 60;

  /** What no file of Windows may be called, whatever its ending. */
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\\..*)?", Pattern.UNICODE_CASE);

  private final FileStore files;

  AttachmentArchive(FileStore files) {
    this.files = files;
  }

  void write(List<AttachmentStore.AttachmentRow> rows, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    // Pictures and PDFs are packed already: trying hard gains nothing.
    zip.setLevel(Deflater.BEST_SPEED);
    Set<String> taken = new HashSet<>();
    for (AttachmentStore.AttachmentRow row : rows) {
      zip.putNextEntry(new ZipEntry(unique(safe(row.name()), taken)));
      try (InputStream file = files.open(row.file())) {
        file.transferTo(zip);
      }
      zip.closeEntry();
    }
    zip.finish();
  }

  /**
   * A name that stays in the folder it is unpacked into, on every system, and reads as what it is.
   */
  static String safe(String name) {
    String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String clean =
        base.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]", "")
            .replaceAll("[<>:\"|?*]", "_")
            .replaceAll("^[\\s.]+|[\\s.]+$", "");
    if (clean.isEmpty()) {
      return "file";
    }
    String whole = RESERVED.matcher(clean).matches() ? "_" + clean : clean;
    return whole.codePointCount(0, whole.length()) <= LONGEST_NAME ? whole : shortened(whole);
  }

  /** Keeps the ending, by which people and programs know what it is. */
  private static String shortened(String name) {
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
    int room = LONGEST_NAME - ending.codePointCount(0, ending.length());
    return name.substring(0, name.offsetByCodePoints(0, room)).strip() + ending;
  }

  private static String unique(String name, Set<String> taken) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = dot > 0 ? name.substring(dot) : "";
    String wanted = name;
    for (int n = 2; !taken.add(wanted.toLowerCase(Locale.ROOT)); n++) {
      wanted = stem + " (" + n + ")" + ending;
    }
    return wanted;
  }
}
