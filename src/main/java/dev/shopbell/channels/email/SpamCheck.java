package dev.shopbell.channels.email;

import dev.shopbell.conversations.Authentication;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our own look at a mail of somebody unknown: several weak signals, each worth points
 * (docs/developers/spam.md). What matters most is never to hide a customer's mail, so that no
 * signal that a customer might give can decide alone.
 */
final class SpamCheck {
  private static final Map<String, Phrases> PHRASES = Phrases.read("spam-phrases.txt");
  private static final int LONGEST = 8_000;

  private static final Pattern BITCOIN =
      Pattern.compile("\\b(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34})\\b");
  private static final Pattern MILLIONS =
      Pattern.compile(
          "(?iu)(?:[$€£]|usd|eur|gbp)\\s?\\d{1,3}(?:[.,]\\d{3}){2,}|\\d{1,3}(?:[.,]\\d{3}){2,}\\s?(?:[$€£]|usd|eur|dollar|euro)");
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?iu)(?:pass(?:word|wort|code)|kennwort|mot de passe|contraseña|clave|hasło|haslo|пароль|wachtwoord|senha|parola|pwd|密码)"
              + "\\s{0,3}(?:is|ist|:|=|：|for)\\s{0,3}.{0,20}?\\S{3,}");
  private static final Pattern ARCHIVE =
      Pattern.compile("(?i).*\\.(?:zip|rar|7z|ace|gz|tgz|arj|cab|z)");
  private static final Pattern PROGRAM =
      Pattern.compile(
          "(?i).*\\.(?:exe|scr|pif|com|bat|cmd|js|jse|vbs|vbe|wsf|wsh|hta|ps1|jar|msi|msix|lnk|cpl|reg|chm|xll|appx|gadget|sct|url)");
  private static final Pattern DISK =
      Pattern.compile("(?i).*\\.(?:iso|img|vhd|vhdx|udf|dmg|ace|cab|one)");
  private static final Pattern MACRO =
      Pattern.compile("(?i).*\\.(?:docm|dotm|xlsm|xlsb|xltm|pptm|ppam|xlam|slk|iqy)");
  private static final Pattern PAGE =
      Pattern.compile("(?i).*\\.(?:html?|shtml|xhtml|mht|mhtml|svg)");
  private static final Pattern DISGUISED =
      Pattern.compile(
          "(?i).*\\.(?:pdf|docx?|xlsx?|jpe?g|png|txt|zip|mp3|csv)[ ._-]{1,60}(?:exe|scr|pif|com|bat|cmd|js|jse|vbs|wsf|hta|ps1|jar|msi|lnk|html?|iso|img)");
  private static final Pattern HIDDEN_BREAKS =
      Pattern.compile("[a-zA-Z][\\u200B\\u200C\\u200D\\u2060\\u00AD\\uFEFF]+[a-zA-Z]");

  private static final Phrases MONEY = section("money");
  private static final Phrases THREAT = section("threat");
  private static final Phrases PHISHING = section("phishing");
  private static final Phrases PITCH = section("pitch");
  private static final Phrases GOODS = section("goods");
  private static final Phrases CUSTOMER = section("customer");

  /**
   * Whom a forger would pretend to be.
   *
   * @param domains of the shop's addresses
   * @param names of the brand
   * @param agents their full names
   */
  record Shop(Set<String> domains, List<String> names, Set<String> agents) {}

  private final ParsedMail mail;
  private final Shop shop;
  private final boolean failed;
  private final boolean bulk;
  private final SpamScore score = new SpamScore();

  private SpamCheck(ParsedMail mail, Shop shop, @Nullable Authentication authentication) {
    this.mail = mail;
    this.shop = shop;
    this.failed =
        authentication != null && authentication.verdict() == Authentication.Verdict.failed;
    // A newsletter sells by nature, and all its links lead through its sender's counter.
    this.bulk = mail.headers().has("List-Unsubscribe") || mail.signals().mailingList();
  }

  private static Phrases section(String name) {
    return Objects.requireNonNull(PHRASES.get(name), name);
  }

  static SpamScore judge(ParsedMail mail, Shop shop, @Nullable Authentication authentication) {
    return new SpamCheck(mail, shop, authentication).judge();
  }

  private SpamScore judge() {
    String upstream = UpstreamSpam.reason(mail.head());
    if (upstream != null) {
      score.add(SpamScore.LIMIT, upstream);
    }
    Words text = Words.of(mail.subject() + "\n" + unquoted(), LONGEST);
    SpamLinks links = SpamLinks.of(mail);
    SpamSenders.look(mail, shop, failed, score);
    words(text, links);
    if (!bulk) {
      links.look(score, failed);
    }
    attachments(text);
    disguise();
    return score;
  }

  private void words(Words text, SpamLinks links) {
    int phishing = PHISHING.count(text);
    boolean way =
        links.any()
            || mail.attachments().stream().anyMatch(file -> !file.inline())
            || mail.text().contains("@");
    // Whoever speaks of an order is given the benefit of the doubt.
    double share = (CUSTOMER.any(text) ? 0.4 : 1) * (bulk ? 0.6 : 1);
    boolean digits = count(cut(), SpamCheck::isDigit) >= 5;
    int money = MONEY.count(text) + (hasMillions() ? 1 : 0);
    int threat = THREAT.count(text);
    score.add(share * steps(money, 1.5, 3.5, 5.5), "It speaks of money as frauds do.");
    score.add(share * steps(threat, 1.5, 3, 5.5), "It threatens as blackmailers do.");
    score.add(
        share * (way ? 1 : 0.5) * steps(phishing, 1.5, 3, 4.5),
        "It presses to confirm or pay something, as phishing does.");
    score.add(
        share * steps(PITCH.count(text), 1, 2.5, 4, 5.5),
        "It offers services that nobody asked for.");
    score.add(share * steps(GOODS.count(text), 1.5, 3.5, 5.5), "It advertises as spam does.");
    if (digits && BITCOIN.matcher(cut()).find()) {
      score.add(threat + money > 0 ? 3 : 1, "It names a Bitcoin wallet.");
    }
    if (phishing > 0 && links.namesShop(shop)) {
      score.add(1.5, "It speaks in the name of your shop.");
    }
    boolean fromAgent =
        mail.from() != null
            && mail.from().name() != null
            && shop.agents().contains(mail.from().name().strip().toLowerCase(Locale.ROOT))
            && !shop.domains().contains(Mailboxes.domain(mail.from().address()));
    if (fromAgent) {
      score.add(phishing > 0 ? 4 : 1, "It bears a colleague's name, but comes from elsewhere.");
    }
  }

  /** A look before a costly one: nearly every mail is none of it. */
  private static int count(String text, IntPredicate kind) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      count += kind.test(text.charAt(i)) ? 1 : 0;
    }
    return count;
  }

  /** Two groups of three digits in a row come first: the rest is costly to look for. */
  private boolean hasMillions() {
    String text = cut();
    for (int i = 0; i + 8 <= text.length(); i++) {
      if (isGroup(text, i) && isGroup(text, i + 4)) {
        return MILLIONS.matcher(text).find();
      }
    }
    return false;
  }

  private static boolean isGroup(String text, int at) {
    char sign = text.charAt(at);
    return (sign == '.' || sign == ',')
        && isDigit(text.charAt(at + 1))
        && isDigit(text.charAt(at + 2))
        && isDigit(text.charAt(at + 3));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isInvisible(int c) {
    return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xAD || c == 0xFEFF;
  }

  private static double steps(int count, double... points) {
    return count == 0 ? 0 : points[Math.min(count, points.length) - 1];
  }

  private void attachments(Words text) {
    for (MailAttachment file : mail.attachments()) {
      String name = file.name();
      if (DISGUISED.matcher(name).matches()) {
        score.add(5, "An attachment hides what it is: " + name + ".");
      } else if (PROGRAM.matcher(name).matches()) {
        score.add(5, "An attachment is a program: " + name + ".");
      } else if (DISK.matcher(name).matches()) {
        score.add(4, "An attachment is of a kind that carries programs: " + name + ".");
      } else if (MACRO.matcher(name).matches()) {
        score.add(3, "An attachment can run macros: " + name + ".");
      } else if (PAGE.matcher(name).matches()) {
        score.add(PHISHING.any(text) ? 2.5 : 1, "An attachment is a web page: " + name + ".");
      } else if (ARCHIVE.matcher(name).matches() && PASSWORD.matcher(cut()).find()) {
        score.add(4, "An attachment is locked, and the mail tells its password.");
      } else {
        continue;
      }
      return;
    }
  }

  private void disguise() {
    MailAddress from = mail.from();
    String shown = mail.subject() + " " + (from == null || from.name() == null ? "" : from.name());
    if (Homographs.in(shown) > 0 || Homographs.in(cut()) >= 3) {
      score.add(3, "It mixes alphabets to look like what it is not.");
    }
    if (!bulk
        && count(cut(), SpamCheck::isInvisible) >= 3
        && HIDDEN_BREAKS.matcher(cut()).results().limit(3).count() >= 3) {
      score.add(2.5, "It hides invisible characters in its words.");
    }
  }

  private String cut() {
    String text = mail.text();
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /** A customer may quote what they ask about. */
  private String unquoted() {
    String text = cut();
    if (text.indexOf('>') < 0) {
      return text;
    }
    StringBuilder own = new StringBuilder(text.length());
    for (String line : text.split("\n", -1)) {
      if (!line.startsWith(">")) {
        own.append(line).append('\n');
      }
    }
    return own.toString();
  }
}
