package dev.shopbell.channels.email;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says below its headers.
 *
 * @param text plain, with \n as line end; derived from the HTML when the mail has no plain text
 * @param html as it came and therefore hostile; null when the mail has none
 */
record MailBody(String text, @Nullable String html, List<MailAttachment> attachments) {}
