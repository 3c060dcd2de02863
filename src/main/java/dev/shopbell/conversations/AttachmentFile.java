package dev.shopbell.conversations;

import org.jspecify.annotations.Nullable;

/**
 * An attachment whose bytes lie in the file store already.
 *
 * @param size in bytes
 * @param file its name in the file store
 * @param contentId by which the HTML of the message refers to it, without brackets
 */
public record AttachmentFile(
    String name,
    String contentType,
    long size,
    String file,
    @Nullable String contentId,
    boolean inline) {}
