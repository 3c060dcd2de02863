package dev.shopbell.channels.email;

import dev.shopbell.channels.email.MailReport.Action;
import dev.shopbell.channels.email.MailReport.Kind;
import dev.shopbell.channels.email.MailReport.Recipient;
import dev.shopbell.platform.html.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a mail system reports, from the part written for programs or else from its words. */
final class DeliveryReport {
  private static final int MAX_RECIPIENTS = 100;
  private static final int MAX_WORDS = 20_000;
  private static final int MAX_DIAGNOSTIC = 2_000;

  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s<>()\\[\\],;:\"'=]{1,64}@[^\\s<>()\\[\\],;:\"'=]{1,255}");

  private static final Pattern STATUS =
      Pattern.compile("(?<![\\d.])[245]\\.\\d{1,3}\\.\\d{1,3}(?!\\.?\\d)");
  private static final Pattern REPLY_CODE = Pattern.compile("(?m)(?<![\\d.])[45]\\d\\d(?=[ -])");
  private static final Pattern MESSAGE_ID =
      Pattern.compile("(?im)^[> \\t]{0,9}message-id:[ \\t]{0,9}(<[^\\s<>]{1,900}>)");

  private DeliveryReport() {}

  /** Reads the parts of a multipart/report, which may name no recipient. */
  static MailReport ofParts(
      List<byte[]> parts, boolean disposition, @Nullable MailHeaders returned, MailHead head) {
    List<Recipient> recipients = new ArrayList<>();
    String original = returned == null ? null : MessageIds.first(returned.first("Message-ID"));
    for (byte[] part : parts) {
      String text = MailCharset.decode(part, (String) null).replace("\r\n", "\n");
      for (String group : text.split("\\n[ \\t]*\\n", -1)) {
        MailHeaders fields = MailHeaders.read(group.strip().getBytes(StandardCharsets.UTF_8));
        Recipient recipient = recipient(fields);
        if (recipient != null && recipients.size() < MAX_RECIPIENTS) {
          recipients.add(recipient);
        }
        if (original == null) {
          original = MessageIds.first(fields.first("Original-Message-ID"));
        }
      }
    }
    Kind kind = disposition ? Kind.DISPOSITION : Kind.DELIVERY;
    return new MailReport(kind, List.copyOf(recipients), orReferred(original, head));
  }

  private static @Nullable Recipient recipient(MailHeaders fields) {
    String named = fields.first("Final-Recipient");
    named = named == null ? fields.first("Original-Recipient") : named;
    if (named == null) {
      return null;
    }
    String bare = named.substring(named.indexOf(';') + 1).strip();
    String address = AddressHeader.address(bare.replace("<", ""));
    String status = fields.first("Status");
    Matcher code = STATUS.matcher(status == null ? "" : status);
    String diagnostic = fields.text("Diagnostic-Code");
    if (diagnostic != null) {
      diagnostic = diagnostic.substring(diagnostic.indexOf(';') + 1).strip();
      diagnostic = PlainText.cut(diagnostic, MAX_DIAGNOSTIC);
    }
    return new Recipient(
        address == null ? PlainText.oneLine(bare) : address,
        action(fields.first("Action"), status),
        code.find() ? code.group() : null,
        diagnostic);
  }

  private static Action action(@Nullable String action, @Nullable String status) {
    String word = action == null ? "" : action.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "failed", "failure" -> Action.FAILED;
      case "delayed" -> Action.DELAYED;
      case "delivered" -> Action.DELIVERED;
      case "relayed" -> Action.RELAYED;
      case "expanded" -> Action.EXPANDED;
      default ->
          status != null && status.startsWith("5")
              ? Action.FAILED
              : status != null && status.startsWith("4") ? Action.DELAYED : Action.UNKNOWN;
    };
  }

  /** Reads a bounce that has no part for programs; null when its words do not sound like one. */
  static @Nullable MailReport ofWords(String text, @Nullable MailHeaders returned, MailHead head) {
    String words = PlainText.cut(text, MAX_WORDS);
    Matcher status = STATUS.matcher(words);
    String code = status.find() ? status.group() : null;
    Matcher reply = REPLY_CODE.matcher(words);
    String replyCode = reply.find() ? reply.group() : null;
    List<String> failed = head.headers().all("X-Failed-Recipients");
    if (code == null && replyCode == null && failed.isEmpty() && returned == null) {
      return null;
    }
    String original = returned == null ? null : MessageIds.first(returned.first("Message-ID"));
    Matcher quoted = MESSAGE_ID.matcher(PlainText.cut(text, 10 * MAX_WORDS));
    if (original == null && quoted.find()) {
      original = MessageIds.first(quoted.group(1));
    }
    boolean temporary = code != null ? code.startsWith("4") : "4".equals(first(replyCode));
    Action action = temporary && failed.isEmpty() ? Action.DELAYED : Action.FAILED;
    List<Recipient> recipients = new ArrayList<>();
    for (String address : failedAddresses(failed, words, head)) {
      recipients.add(new Recipient(address, action, code, diagnostic(words, code, replyCode)));
    }
    return new MailReport(Kind.DELIVERY, recipients, orReferred(original, head));
  }

  private static String first(@Nullable String code) {
    return code == null ? "" : code.substring(0, 1);
  }

  private static Set<String> failedAddresses(List<String> named, String words, MailHead head) {
    Set<String> addresses = new LinkedHashSet<>();
    for (String value : named) {
      AddressHeader.parse(value).forEach(address -> addresses.add(address.address()));
    }
    Matcher matcher = ADDRESS.matcher(words);
    while (addresses.isEmpty() && matcher.find()) {
      String address = AddressHeader.address(matcher.group());
      if (address != null && !isOfTheReport(address, head)) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  /** Bounces also name their own sender and the one they go to. */
  private static boolean isOfTheReport(String address, MailHead head) {
    MailAddress from = head.people().from();
    return (from != null && from.address().equalsIgnoreCase(address))
        || head.people().to().stream().anyMatch(to -> to.address().equalsIgnoreCase(address));
  }

  /** The line that holds the code. */
  private static @Nullable String diagnostic(
      String words, @Nullable String code, @Nullable String replyCode) {
    String mark = code == null ? replyCode : code;
    int at = mark == null ? -1 : words.indexOf(mark);
    if (at < 0) {
      return null;
    }
    int end = words.indexOf('\n', at);
    String line = words.substring(words.lastIndexOf('\n', at) + 1, end < 0 ? words.length() : end);
    return PlainText.cut(PlainText.oneLine(line), MAX_DIAGNOSTIC);
  }

  private static @Nullable String orReferred(@Nullable String original, MailHead head) {
    if (original != null) {
      return original;
    }
    MailHead.Ids ids = head.ids();
    List<String> referred = ids.inReplyTo().isEmpty() ? ids.references() : ids.inReplyTo();
    return referred.isEmpty() ? null : referred.getLast();
  }
}
