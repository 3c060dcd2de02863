package dev.shopbell.channels.email;

import dev.shopbell.customers.FreeMail;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a mail's sender pretends to be somebody else. */
final class SpamSenders {
  private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]{1,64}@([\\w-]+(?:\\.[\\w-]+)+)");

  /** Names that frauds borrow, each with what the domains of its owner contain. */
  private static final List<String> BORROWED =
      List.of(
          "paypal",
          "amazon",
          "netflix",
          "microsoft",
          "office365",
          "docusign",
          "facebook",
          "instagram",
          "whatsapp",
          "dropbox",
          "wetransfer",
          "coinbase",
          "binance",
          "metamask",
          "fedex",
          "dhl",
          "klarna",
          "stripe",
          "shopify",
          "sparkasse",
          "volksbank",
          "commerzbank",
          "santander",
          "mastercard",
          "norton",
          "mcafee",
          "geek squad",
          "linkedin",
          "tiktok",
          "spotify",
          "ebay");

  private SpamSenders() {}

  static void look(ParsedMail mail, SpamCheck.Shop shop, boolean failed, SpamScore score) {
    MailAddress from = mail.from();
    if (failed) {
      score.add(1.5, "It could not be shown that it is from whom it says.");
    }
    if (mail.head().people().to().isEmpty() && mail.head().people().cc().isEmpty()) {
      score.add(1, "It names no recipient.");
    }
    if (mail.messageId() == null && mail.date() == null) {
      score.add(0.5, "It lacks what every mail program sets.");
    }
    if (isLoud(mail.subject())) {
      score.add(0.7, "Its subject shouts.");
    }
    if (from == null) {
      score.add(0.5, "It names no sender.");
      return;
    }
    String domain = Mailboxes.domain(from.address());
    boolean own = shop.domains().contains(domain) && !FreeMail.isFree(domain);
    boolean answeredElsewhere = repliesElsewhere(mail, domain);
    if (own && failed) {
      // Also the forms of a shop's own site often cannot be verified: it takes more than this.
      score.add(answeredElsewhere ? 0 : 2.5, "It pretends to be from your own domain.");
    }
    String name = from.name();
    if (name != null && !own && !mail.signals().mailingList()) {
      names(name, domain, shop, answeredElsewhere, score);
    }
    if (answeredElsewhere && !own && !mail.signals().mailingList()) {
      score.add(1.5, "Answers would go to a private address elsewhere.");
    }
  }

  private static void names(
      String name, String domain, SpamCheck.Shop shop, boolean answeredElsewhere, SpamScore score) {
    String lower = name.toLowerCase(Locale.ROOT);
    Matcher address = ADDRESS.matcher(lower);
    if (address.find() && !organisation(address.group(1)).equals(organisation(domain))) {
      boolean ours = shop.domains().contains(address.group(1));
      score.add(
          ours ? 3.5 : 2, "The name of its sender is an address, and not the one it comes from.");
      return;
    }
    String words = " " + String.join(" ", Words.of(name, 200).all()) + " ";
    for (String brand : shop.names()) {
      String wanted = String.join(" ", Words.of(brand, 200).all());
      if (wanted.length() >= 4 && words.contains(" " + wanted + " ") && !answeredElsewhere) {
        score.add(2, "Its sender bears the name of your shop, but writes from elsewhere.");
        return;
      }
    }
    for (String borrowed : BORROWED) {
      String bare = borrowed.replace(" ", "");
      if (words.contains(" " + borrowed + " ") && !domain.contains(bare)) {
        score.add(
            FreeMail.isFree(domain) ? 3.5 : 2.5,
            "Its sender bears the name of a known company, but writes from elsewhere.");
        return;
      }
    }
  }

  /** Reply-To names one address, with a provider for everybody, that is not the sender's. */
  private static boolean repliesElsewhere(ParsedMail mail, String domain) {
    List<MailAddress> replyTo = mail.head().people().replyTo();
    if (replyTo.size() != 1) {
      return false;
    }
    String other = Mailboxes.domain(replyTo.getFirst().address());
    return FreeMail.isFree(other) && !other.equals(domain);
  }

  private static boolean isLoud(String subject) {
    long letters = subject.chars().filter(Character::isLetter).count();
    return letters >= 12
        && subject.chars().noneMatch(Character::isLowerCase)
        && subject.chars().anyMatch(Character::isUpperCase);
  }

  private static final Set<String> SECOND_LEVEL =
      Set.of("co", "com", "org", "net", "ac", "gov", "or", "ne");

  /** The part of a host name that somebody registered, as far as that shows without a list. */
  static String organisation(@Nullable String host) {
    String[] labels = (host == null ? "" : host).split("\\.", -1);
    int keep = labels.length > 2 && SECOND_LEVEL.contains(labels[labels.length - 2]) ? 3 : 2;
    int from = Math.max(0, labels.length - keep);
    return String.join(".", java.util.Arrays.copyOfRange(labels, from, labels.length));
  }
}
