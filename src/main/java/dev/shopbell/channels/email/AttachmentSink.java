package dev.shopbell.channels.email;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where the parser puts attachments while it reads, so that none of them is ever held in memory.
 */
@FunctionalInterface
interface AttachmentSink {
  /**
   * Stores the content to its end. The stream never fails for what the mail says, only when the
   * mail itself cannot be read; an exception of the sink ends the parsing and reaches the caller.
   */
  StoredAttachment store(InputStream content) throws IOException;
}
