package dev.shopbell.channels.email;

import dev.shopbell.conversations.AttachmentFile;
import dev.shopbell.platform.files.FileStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Mail as it arrived, to be passed on. */
@Component
class Originals {
  private final StoredMails mails;
  private final FileStore files;

  Originals(StoredMails mails, FileStore files) {
    this.mails = mails;
    this.files = files;
  }

  Optional<MailSource> source(long messageId) {
    return mails
        .ofMessage(messageId)
        .map(mail -> {
          byte[] raw = mail.raw();
          return raw != null
              ? MailSource.of(raw)
              : () -> files.open(Objects.requireNonNull(mail.file()));
        });
  }

  /**
   * Fit to be attached. Its type is that of plain bytes: as {@code message/rfc822} it could not be
   * encoded, and a server on the way might change it.
   */
  Optional<AttachmentFile> file(long messageId) {
    return mails
        .ofMessage(messageId)
        .map(mail ->
            new AttachmentFile(
                "message-" + messageId + ".eml",
                "application/octet-stream",
                mail.size(),
                stored(mail),
                null,
                false));
  }

  private String stored(StoredMail mail) {
    byte[] raw = mail.raw();
    if (raw == null) {
      return Objects.requireNonNull(mail.file());
    }
    try {
      return files.store(new ByteArrayInputStream(raw)).hash();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
