package dev.shopbell.channels.email;

import org.jspecify.annotations.Nullable;

/**
 * A part of a mail that is not its text.
 *
 * @param name safe as a file name: no path, no control or direction characters, never empty
 * @param contentType lower-case type and subtype, without parameters
 * @param contentId without angle brackets, as cid: links name it
 * @param inline whether the mail wants it shown within the text
 */
record MailAttachment(
    String name,
    String contentType,
    @Nullable String contentId,
    boolean inline,
    StoredAttachment stored) {

  /** In bytes, decoded. */
  long size() {
    return stored.size();
  }

  MailAttachment asInline() {
    return new MailAttachment(name, contentType, contentId, true, stored);
  }
}
