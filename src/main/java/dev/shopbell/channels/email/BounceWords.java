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
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a bounce that has no part for programs from what it says to people. */
final class BounceWords {
  private static final int MAX_WORDS = 20_000;

  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s<>()\\[\\],;:\"'=“”„«»‘’]{1,64}@[^\\s<>()\\[\\],;:\"'=“”„«»‘’]{1,255}");

  private static final Pattern REPLY_CODE =
      Pattern.compile("(?m)(?<![\\d.:/-])[45]\\d\\d(?=[ :-])(?! (?:[hH]ours|[sS]econds|minutes))");
  private static final Pattern MESSAGE_ID =
      Pattern.compile(
          "(?im)^[> \\t|*]{0,9}(?:x-)?(?:original-)?message-id\\s{0,3}:[ \\t]{0,9}\\n?[> \\t]{0,9}(<[^\\s<>]{1,900}>)");
  private static final Pattern FIELDS = Pattern.compile("(?im)^[> \\t]{0,9}final-recipient\\s*:");

  /** Lines that name addresses, but not the one that could not be reached. */
  private static final Pattern OTHERS_LINE =
      Pattern.compile(
          "(?i)^[> \\t|*-]{0,9}(?:(?:x-)?[a-z-]{0,30}message-id|from|von|de|reply-to|sender|return-path|received|references"
              + "|in-reply-to|dkim-[a-z]+|arc-[a-z-]+|list-[a-z]+|cc|x-[a-z-]+|reporting-mta|content-[a-z]+)\\s*:.*");

  private static final Pattern TO_LINE = Pattern.compile("(?im)^[> \\t]{0,9}to\\s*:(.{3,400})$");

  private final String text;
  private final String words;
  private final @Nullable MailHeaders returned;
  private final MailHead head;

  BounceWords(String text, @Nullable MailHeaders returned, MailHead head) {
    this.text = text;
    this.words = PlainText.cut(text, MAX_WORDS);
    this.returned = returned;
    this.head = head;
  }

  /** Null when nothing in it says that a mail did not arrive. */
  @Nullable MailReport read() {
    Matcher fields = FIELDS.matcher(words);
    if (fields.find()) {
      byte[] part =
          words.replaceAll("(?m)^[> \\t]+(?=[A-Za-z-]+:)", "").getBytes(StandardCharsets.UTF_8);
      MailReport report = DeliveryReport.ofParts(Kind.DELIVERY, List.of(part), returned, head);
      if (!report.recipients().isEmpty()) {
        return new MailReport(Kind.DELIVERY, report.recipients(), original());
      }
    }
    Words said = Words.of(words, MAX_WORDS);
    Words subject = Words.of(head.subject(), 300);
    Matcher status = DeliveryReport.STATUS.matcher(words);
    String code = status.find() ? status.group() : null;
    Matcher reply = REPLY_CODE.matcher(words);
    String replyCode = reply.find() ? reply.group() : null;
    List<String> failed = head.headers().all("X-Failed-Recipients");
    boolean delayed = MachineWords.DELAYED.any(said) || MachineWords.DELAYED.any(subject);
    boolean undelivered =
        MachineWords.UNDELIVERED.any(said)
            || MachineWords.GONE.any(said)
            || isNamedUndelivered(subject);
    if (code == null
        && replyCode == null
        && failed.isEmpty()
        && returned == null
        && !delayed
        && !undelivered) {
      return null;
    }
    boolean permanent =
        !failed.isEmpty() || startsWith(code, '5') || (code == null && startsWith(replyCode, '5'));
    boolean temporary = startsWith(code, '4') || (code == null && startsWith(replyCode, '4'));
    Action action =
        !permanent && (delayed || (temporary && !undelivered)) ? Action.DELAYED : Action.FAILED;
    String diagnostic = diagnostic(code, replyCode);
    List<Recipient> recipients = new ArrayList<>();
    for (String address : failedAddresses(failed)) {
      recipients.add(new Recipient(address, action, code, diagnostic));
    }
    if (recipients.isEmpty()) {
      recipients.add(new Recipient(null, action, code, diagnostic));
    }
    return new MailReport(Kind.DELIVERY, List.copyOf(recipients), original());
  }

  private static boolean isNamedUndelivered(Words subject) {
    return MachineWords.UNDELIVERED_SUBJECT.any(subject);
  }

  private static boolean startsWith(@Nullable String code, char digit) {
    return code != null && code.charAt(0) == digit;
  }

  private @Nullable String original() {
    String original = returned == null ? null : MessageIds.first(returned.first("Message-ID"));
    Matcher quoted = MESSAGE_ID.matcher(PlainText.cut(text, 10 * MAX_WORDS));
    while (original == null && quoted.find()) {
      String id = MessageIds.first(quoted.group(1));
      original = id != null && id.equals(head.ids().messageId()) ? null : id;
    }
    return DeliveryReport.orReferred(original, head);
  }

  private Set<String> failedAddresses(List<String> named) {
    Set<String> addresses = new LinkedHashSet<>();
    for (String value : named) {
      AddressHeader.parse(value).forEach(address -> addresses.add(address.address()));
    }
    for (String line : addresses.isEmpty() ? words.split("\n", -1) : new String[0]) {
      Matcher matcher = ADDRESS.matcher(line);
      while (addresses.isEmpty() && matcher.find() && !OTHERS_LINE.matcher(line).matches()) {
        String address = AddressHeader.address(matcher.group().replaceAll("[.。]+$", ""));
        if (address != null && !isOfTheReport(address)) {
          addresses.add(address);
        }
      }
      if (!addresses.isEmpty()) {
        break;
      }
    }
    if (addresses.isEmpty()) {
      String to = returned == null ? null : returned.first("To");
      Matcher line = TO_LINE.matcher(words);
      to = to == null && line.find() ? line.group(1) : to;
      List<MailAddress> all = to == null ? List.of() : AddressHeader.parse(to);
      if (all.size() == 1 && !isOfTheReport(all.getFirst().address())) {
        addresses.add(all.getFirst().address());
      }
    }
    return addresses;
  }

  /** Bounces also name their own sender, the one they go to, and whoever keeps the server. */
  private boolean isOfTheReport(String address) {
    MailAddress from = head.people().from();
    String base = SignedAddress.base(address);
    return (from != null && from.address().equalsIgnoreCase(address))
        || address.toLowerCase(Locale.ROOT).matches("(?:postmaster|mailer-daemon|abuse)@.*")
        || head.people().to().stream()
            .anyMatch(to -> SignedAddress.base(to.address()).equalsIgnoreCase(base));
  }

  /** The line that says why, with the one below it where it goes on there. */
  private @Nullable String diagnostic(@Nullable String code, @Nullable String replyCode) {
    String mark = code == null ? replyCode : code;
    String[] lines = words.split("\n", -1);
    if (mark != null) {
      return line(lines, line -> line.contains(mark));
    }
    String gone = line(lines, line -> MachineWords.GONE.any(Words.of(line, 1_000)));
    return gone != null
        ? gone
        : line(lines, line -> MachineWords.UNDELIVERED.any(Words.of(line, 1_000)));
  }

  private static @Nullable String line(String[] lines, Predicate<String> says) {
    for (int i = 0; i < lines.length; i++) {
      if (says.test(lines[i])) {
        boolean goesOn = i + 1 < lines.length && lines[i].length() < 100;
        String said = lines[i] + (goesOn ? " " + lines[i + 1] : "");
        return PlainText.cut(PlainText.oneLine(said).strip(), DeliveryReport.MAX_DIAGNOSTIC);
      }
    }
    return null;
  }
}
