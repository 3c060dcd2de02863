package dev.shopbell.channels.email;

import dev.shopbell.platform.html.PlainText;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes names that strangers give to files harmless. */
final class FileName {
  private static final int MAX_LENGTH = 180;
  private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

  private static final Map<String, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry("message/rfc822", "eml"),
          Map.entry("text/calendar", "ics"),
          Map.entry("text/plain", "txt"),
          Map.entry("text/html", "html"),
          Map.entry("text/csv", "csv"),
          Map.entry("text/vcard", "vcf"),
          Map.entry("image/jpeg", "jpg"),
          Map.entry("image/png", "png"),
          Map.entry("image/gif", "gif"),
          Map.entry("image/webp", "webp"),
          Map.entry("image/heic", "heic"),
          Map.entry("application/pdf", "pdf"),
          Map.entry("application/zip", "zip"),
          Map.entry("application/pgp-signature", "asc"),
          Map.entry("application/pkcs7-signature", "p7s"),
          Map.entry("application/ms-tnef", "dat"),
          Map.entry("image/bmp", "bmp"),
          Map.entry("image/tiff", "tif"),
          Map.entry("image/svg+xml", "svg"),
          Map.entry("audio/mpeg", "mp3"),
          Map.entry("audio/ogg", "ogg"),
          Map.entry("audio/mp4", "m4a"),
          Map.entry("video/mp4", "mp4"),
          Map.entry("video/quicktime", "mov"),
          Map.entry("application/json", "json"),
          Map.entry("application/xml", "xml"),
          Map.entry("application/rtf", "rtf"),
          Map.entry("application/msword", "doc"),
          Map.entry("application/vnd.ms-excel", "xls"),
          Map.entry("application/vnd.ms-powerpoint", "ppt"),
          Map.entry(OFFICE + "wordprocessingml.document", "docx"),
          Map.entry(OFFICE + "spreadsheetml.sheet", "xlsx"),
          Map.entry(OFFICE + "presentationml.presentation", "pptx"),
          Map.entry("application/pgp-encrypted", "asc"),
          Map.entry("application/pkcs7-mime", "p7m"),
          Map.entry("application/x-pkcs7-mime", "p7m"),
          Map.entry("application/x-pkcs7-signature", "p7s"));

  /** Names that Windows keeps for devices, whatever their extension. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$)(?:[. ].*)?");

  private static final Pattern EXTENSION = Pattern.compile(".*\\.[\\p{L}\\p{N}_-]{1,12}");

  private FileName() {}

  /** Without path, control and direction characters; made up from the type when nothing is left. */
  static String safe(@Nullable String given, String contentType) {
    String name = given == null ? "" : given;
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    name = PlainText.oneLine(name);
    StringBuilder safe = new StringBuilder(name.length());
    name.codePoints()
        .filter(point -> Character.getType(point) != Character.FORMAT || point == 0x200D)
        .forEach(point -> safe.appendCodePoint("<>:\"|?*".indexOf(point) >= 0 ? '_' : point));
    name = trimmed(safe.toString());
    if (name.isEmpty()) {
      return "attachment" + extension(contentType);
    }
    if (DEVICE.matcher(name).matches()) {
      name = "_" + name;
    }
    if (!EXTENSION.matcher(name).matches()) {
      name = shortened(name) + extension(contentType);
    }
    return shortened(name);
  }

  /** The type of a file by its name. */
  static String type(@Nullable String name) {
    String given = name == null ? "" : name;
    String extension = given.substring(given.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return EXTENSIONS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(extension))
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder())
        .orElse("application/octet-stream");
  }

  /** The subject of a forwarded mail as the name of its file. */
  static String ofSubject(@Nullable String subject, String contentType) {
    String name = subject == null ? "" : subject.replace('/', '-').replace('\\', '-');
    String safe = safe(name.isBlank() ? "message" : PlainText.cut(name, 100), "");
    return safe + extension(contentType);
  }

  private static String extension(String contentType) {
    String extension = EXTENSIONS.get(contentType);
    return extension == null ? "" : "." + extension;
  }

  /** Windows ignores dots and blanks at the end; dots at the start hide files. */
  private static String trimmed(String name) {
    int from = 0;
    int to = name.length();
    while (from < to && (name.charAt(from) == '.' || name.charAt(from) == ' ')) {
      from++;
    }
    while (to > from && (name.charAt(to - 1) == '.' || name.charAt(to - 1) == ' ')) {
      to--;
    }
    return name.substring(from, to);
  }

  private static String shortened(String name) {
    if (name.length() <= MAX_LENGTH) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
    return PlainText.cut(name, MAX_LENGTH - extension.length()) + extension;
  }
}
