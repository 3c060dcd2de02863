package dev.shopbell.channels.email;

import dev.shopbell.channels.email.MailReport.Action;
import dev.shopbell.channels.email.MailReport.Kind;
import dev.shopbell.channels.email.MailReport.Recipient;
import dev.shopbell.platform.html.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a mail system writes for programs: the parts of a multipart/report. */
final class DeliveryReport {
  static final int MAX_RECIPIENTS = 100;
  static final int MAX_DIAGNOSTIC = 2_000;

  static final Pattern STATUS =
      Pattern.compile("(?<![\\d.])[245]\\.\\d{1,3}\\.\\d{1,3}(?!\\.?\\d)");

  private DeliveryReport() {}

  /** Reads the parts, which may name no recipient. */
  static MailReport ofParts(
      Kind kind, List<byte[]> parts, @Nullable MailHeaders returned, MailHead head) {
    List<Recipient> recipients = new ArrayList<>();
    String original = returned == null ? null : MessageIds.first(returned.first("Message-ID"));
    for (byte[] part : parts) {
      String text =
          MailCharset.decode(part, (String) null).replace("\r\n", "\n").replace('\r', '\n');
      for (String group : text.split("\\n[ \\t]*\\n", -1)) {
        MailHeaders fields = MailHeaders.read(group.strip().getBytes(StandardCharsets.UTF_8));
        Recipient recipient = recipient(kind, fields);
        if (recipient != null && recipients.size() < MAX_RECIPIENTS) {
          recipients.add(recipient);
        }
        if (original == null) {
          String named = fields.first("Original-Message-ID");
          named = named == null ? fields.first("X-Original-Message-ID") : named;
          original = MessageIds.first(named);
        }
      }
    }
    return new MailReport(kind, List.copyOf(recipients), orReferred(original, head));
  }

  private static @Nullable Recipient recipient(Kind kind, MailHeaders fields) {
    String named = fields.first("Final-Recipient");
    named = named == null ? fields.first("Original-Recipient") : named;
    named = named == null ? fields.first("X-Actual-Recipient") : named;
    if (named == null && kind == Kind.COMPLAINT) {
      named = fields.first("Original-Rcpt-To");
    }
    String disposition = fields.text("Disposition");
    if (named == null && (disposition == null || kind != Kind.DISPOSITION)) {
      return null;
    }
    String bare = named == null ? "" : named.substring(named.indexOf(';') + 1).strip();
    String address = AddressHeader.address(bare.replace("<", "").replace(">", ""));
    String shown = address == null && !bare.isEmpty() ? PlainText.oneLine(bare) : address;
    if (kind == Kind.DISPOSITION) {
      return new Recipient(shown, disposed(disposition), null, null);
    }
    String status = fields.first("Status");
    Matcher code = STATUS.matcher(status == null ? "" : status);
    String diagnostic = fields.text("Diagnostic-Code");
    if (diagnostic != null) {
      int semicolon = diagnostic.indexOf(';');
      boolean typed = semicolon > 0 && semicolon < 20 && !diagnostic.matches("\\d.*");
      diagnostic = typed ? diagnostic.substring(semicolon + 1).strip() : diagnostic;
      diagnostic = diagnostic.isBlank() ? null : PlainText.cut(diagnostic, MAX_DIAGNOSTIC);
    }
    String found = code.find() ? code.group() : null;
    Matcher closer = STATUS.matcher(diagnostic == null ? "" : diagnostic);
    // Many set 5.0.0 there and let the other server's words say more.
    if ((found == null || found.endsWith(".0.0")) && closer.find()) {
      found = closer.group();
    }
    return new Recipient(shown, action(fields.first("Action"), found), found, diagnostic);
  }

  private static Action disposed(@Nullable String disposition) {
    String word = disposition == null ? "" : disposition.toLowerCase(Locale.ROOT);
    word = word.substring(word.lastIndexOf(';') + 1).strip();
    if (word.startsWith("displayed")) {
      return Action.READ;
    }
    return word.startsWith("deleted") ? Action.DELETED : Action.UNKNOWN;
  }

  private static Action action(@Nullable String action, @Nullable String status) {
    String word = action == null ? "" : action.strip().toLowerCase(Locale.ROOT);
    word = word.replaceAll("[^a-z].*", "");
    return switch (word) {
      case "failed", "failure", "fail", "undeliverable" -> Action.FAILED;
      case "delayed", "delay" -> Action.DELAYED;
      case "delivered" -> Action.DELIVERED;
      case "relayed" -> Action.RELAYED;
      case "expanded" -> Action.EXPANDED;
      default ->
          status != null && status.startsWith("5")
              ? Action.FAILED
              : status != null && status.startsWith("4") ? Action.DELAYED : Action.UNKNOWN;
    };
  }

  static @Nullable String orReferred(@Nullable String original, MailHead head) {
    if (original != null) {
      return original;
    }
    for (String name : List.of("X-Original-Message-ID", "Original-Message-ID")) {
      String named = MessageIds.first(head.headers().first(name));
      if (named != null) {
        return named;
      }
    }
    MailHead.Ids ids = head.ids();
    List<String> referred = ids.inReplyTo().isEmpty() ? ids.references() : ids.inReplyTo();
    return referred.isEmpty() ? null : referred.getLast();
  }
}
