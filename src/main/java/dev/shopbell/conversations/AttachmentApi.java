package dev.shopbell.conversations;

import dev.shopbell.platform.files.FileStore;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Files that came with messages, and files to go with them. What a stranger sent is never shown by
 * the browser as a page of ours: only raster images, sound and film are shown, all else is
 * downloaded, and nothing in it may run. PDF, text and tables are shown by the desk, which reads
 * their bytes and draws them itself.
 */
@RestController
@RequestMapping("/api/v1")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Files")
class AttachmentApi {
  private static final Set<String> SHOWN =
      Set.of(
          "image/png",
          "image/jpeg",
          "image/jpg",
          "image/gif",
          "image/webp",
          "image/avif",
          "image/bmp",
          "audio/mpeg",
          "audio/mp4",
          "audio/ogg",
          "audio/wav",
          "audio/webm",
          "audio/aac",
          "audio/flac",
          "video/mp4",
          "video/webm",
          "video/ogg",
          "video/quicktime");
  private static final int LONGEST_NAME = 200;

  private final AttachmentStore attachments;
  private final AttachmentArchive archive;
  private final FileStore files;
  private final Clock clock;

  AttachmentApi(
      AttachmentStore attachments, AttachmentArchive archive, FileStore files, Clock clock) {
    this.attachments = attachments;
    this.archive = archive;
    this.files = files;
    this.clock = clock;
  }

  /**
   * @param size in bytes
   */
  record Upload(long id, String name, String contentType, long size) {
    static Upload of(AttachmentStore.AttachmentRow row) {
      return new Upload(row.id(), row.name(), row.contentType(), row.size());
    }
  }

  @PostMapping(path = "/uploads", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Upload upload(@RequestParam MultipartFile file, Caller caller) throws IOException {
    try (InputStream content = file.getInputStream()) {
      FileStore.StoredFile stored = files.store(content);
      AttachmentFile made =
          new AttachmentFile(
              name(file.getOriginalFilename()),
              type(file.getContentType()),
              stored.size(),
              stored.hash(),
              null,
              false);
      long id = attachments.insert(caller.agentId(), made, clock.instant());
      return new Upload(id, made.name(), made.contentType(), made.size());
    }
  }

  @GetMapping("/attachments/{id}")
  @Allow(Permission.CONVERSATIONS_READ)
  ResponseEntity<Resource> readAttachment(
      @PathVariable long id, @RequestParam(required = false) boolean download, Caller caller)
      throws IOException {
    AttachmentStore.AttachmentRow row =
        attachments
            .find(id)
            .filter(found -> found.isSeenBy(caller.agentId()))
            .orElseThrow(() -> Problem.notFound("There is no attachment " + id + "."));
    String type = row.contentType().toLowerCase(Locale.ROOT);
    boolean shown = SHOWN.contains(type) && !download;
    ContentDisposition disposition =
        (shown ? ContentDisposition.inline() : ContentDisposition.attachment())
            .filename(row.name(), StandardCharsets.UTF_8)
            .build();
    return ResponseEntity.ok()
        .contentType(shown ? MediaType.parseMediaType(type) : MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePrivate().immutable())
        .body(new StoredResource(files, row.file(), row.size()));
  }

  /** The files of a message in one, but for the pictures that its text shows. */
  @GetMapping(path = "/messages/{id}/attachments.zip", produces = "application/zip")
  @Allow(Permission.CONVERSATIONS_READ)
  void readArchive(@PathVariable long id, HttpServletResponse response) throws IOException {
    send("message-" + id, attachments.listedOfMessage(id), response);
  }

  /** The same of all its messages; 1,000 files at most, the newest. */
  @GetMapping(path = "/conversations/{id}/attachments.zip", produces = "application/zip")
  @Allow(Permission.CONVERSATIONS_READ)
  void readWholeArchive(@PathVariable long id, HttpServletResponse response) throws IOException {
    send("conversation-" + id, attachments.listedOfConversation(id), response);
  }

  private void send(
      String name, List<AttachmentStore.AttachmentRow> rows, HttpServletResponse response)
      throws IOException {
    if (rows.isEmpty()) {
      throw Problem.notFound("There are no files.");
    }
    response.setContentType("application/zip");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".zip\"");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    archive.write(rows, response.getOutputStream());
  }

  /** Makes an upload of the caller of a message's file, to go with another message. */
  @PostMapping("/attachments/{id}/copies")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Upload copyAttachment(@PathVariable long id, Caller caller) {
    AttachmentStore.AttachmentRow row =
        attachments
            .find(id)
            .filter(found -> found.isSeenBy(caller.agentId()))
            .orElseThrow(() -> Problem.notFound("There is no attachment " + id + "."));
    AttachmentFile same =
        new AttachmentFile(row.name(), row.contentType(), row.size(), row.file(), null, false);
    long copy = attachments.insert(caller.agentId(), same, clock.instant());
    return Upload.of(attachments.find(copy).orElseThrow());
  }

  private static String name(@org.jspecify.annotations.Nullable String given) {
    String base =
        given == null
            ? ""
            : given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String clean = base.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "").strip();
    if (clean.isEmpty() || clean.equals(".") || clean.equals("..")) {
      return "file";
    }
    return clean.length() > LONGEST_NAME ? clean.substring(clean.length() - LONGEST_NAME) : clean;
  }

  private static String type(@org.jspecify.annotations.Nullable String given) {
    return given != null && given.matches("[\\w.+-]{1,80}/[\\w.+-]{1,80}")
        ? given
        : "application/octet-stream";
  }
}
