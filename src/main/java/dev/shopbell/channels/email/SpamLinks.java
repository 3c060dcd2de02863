package dev.shopbell.channels.email;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The links of a mail, and what is odd about them. */
final class SpamLinks {
  private static final int LONGEST = 60_000;
  private static final int MOST = 40;
  private static final Pattern ANCHOR =
      Pattern.compile(
          "(?is)<a\\s[^>]{0,500}?href\\s*=\\s*[\"']?\\s*(https?://[^\"'>\\s]{1,2000})[^>]{0,1000}>(.{0,600}?)</a>");
  private static final Pattern URL =
      Pattern.compile("(?i)\\b(?:https?://|www\\.)[^\\s<>\"')\\]]{3,}");
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)^(?:https?://)?(?:[^/@\\s]*@)?([a-z0-9.-]+\\.[a-z]{2,24}|[\\d.]{7,15})(?=[:/?#\\s]|$)");
  private static final Pattern NUMBERS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final Pattern TAG = Pattern.compile("<[^>]{0,500}>");

  /** Services that rewrite links to check them: the text shows where they lead in the end. */
  private static final List<String> WRAPPERS =
      List.of(
          "safelinks.",
          "urldefense.",
          "mimecast.",
          "cudasvc.",
          "secure-web.cisco.",
          "google.",
          "trendmicro.",
          "protection.sophos.",
          "fireeye.",
          "barracuda",
          "emailprotection.",
          "l.facebook.",
          "t.co",
          "lnkd.in");

  private static final Set<String> SHORTENERS =
      Set.of(
          "bit.ly",
          "tinyurl.com",
          "cutt.ly",
          "rb.gy",
          "is.gd",
          "shorturl.at",
          "ow.ly",
          "rebrand.ly",
          "t.ly",
          "goo.gl",
          "s.id",
          "tiny.cc",
          "bit.do",
          "v.gd",
          "qrco.de",
          "linktr.ee");

  private static final List<String> FREE_HOSTS =
      List.of(
          ".web.app",
          ".firebaseapp.com",
          ".pages.dev",
          ".r2.dev",
          ".workers.dev",
          ".vercel.app",
          ".netlify.app",
          ".weebly.com",
          ".wixsite.com",
          ".blogspot.com",
          ".github.io",
          ".glitch.me",
          ".ipfs.io",
          "ipfs.io",
          ".onrender.com",
          ".repl.co",
          ".000webhostapp.com",
          ".webflow.io",
          ".square.site",
          ".duckdns.org",
          ".ngrok.io",
          ".ngrok-free.app");

  private final Set<String> hosts;
  private final boolean misleads;
  private final boolean alone;
  private final boolean picture;
  private final String text;

  private SpamLinks(
      Set<String> hosts, boolean misleads, boolean alone, boolean picture, String text) {
    this.hosts = hosts;
    this.misleads = misleads;
    this.alone = alone;
    this.picture = picture;
    this.text = text;
  }

  static SpamLinks of(ParsedMail mail) {
    Set<String> hosts = new LinkedHashSet<>();
    boolean misleads = false;
    boolean picture = false;
    String html = mail.html();
    String part = html == null ? "" : html.length() > LONGEST ? html.substring(0, LONGEST) : html;
    Matcher anchor = ANCHOR.matcher(part);
    for (int i = 0; i < MOST && anchor.find(); i++) {
      String target = host(anchor.group(1));
      if (target != null) {
        hosts.add(target);
        String inside = anchor.group(2);
        picture |= inside.toLowerCase(Locale.ROOT).contains("<img");
        String shown = host(TAG.matcher(inside).replaceAll("").strip());
        misleads |=
            shown != null
                && !SpamSenders.organisation(shown).equals(SpamSenders.organisation(target))
                && WRAPPERS.stream().noneMatch(target::contains);
      }
    }
    String text = mail.text();
    boolean any = text.contains("://") || text.contains("w.") || text.contains("W.");
    Matcher url = URL.matcher(any ? text.substring(0, Math.min(8_000, text.length())) : "");
    int length = 0;
    for (int i = 0; i < MOST && url.find(); i++) {
      length += url.group().length();
      String target = host(url.group());
      if (target != null) {
        hosts.add(target);
      }
    }
    boolean bare =
        !hosts.isEmpty() && mail.attachments().isEmpty() && text.strip().length() - length < 25;
    return new SpamLinks(hosts, misleads, bare, bare && picture, text);
  }

  /** In lower case; null where it names none. */
  static @Nullable String host(String url) {
    Matcher host = HOST.matcher(url);
    return host.find() ? host.group(1).toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "") : null;
  }

  boolean any() {
    return !hosts.isEmpty();
  }

  Set<String> hosts() {
    return hosts;
  }

  /** Whether it speaks of the shop's domain or name, but leads elsewhere. */
  boolean namesShop(SpamCheck.Shop shop) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> named = new ArrayList<>(shop.domains());
    return named.stream().anyMatch(domain -> lower.contains(domain))
        && hosts.stream().anyMatch(host -> shop.domains().stream().noneMatch(host::endsWith));
  }

  void look(SpamScore score, boolean failed) {
    if (misleads) {
      score.add(failed ? 3 : 2, "A link leads elsewhere than it shows.");
    }
    if (picture) {
      score.add(3, "It is nothing but a picture with a link.");
    } else if (alone) {
      score.add(2, "It is nothing but a link.");
    }
    if (hosts.stream().anyMatch(host -> NUMBERS.matcher(host).matches())) {
      score.add(1.5, "A link leads to a bare number instead of a name.");
    }
    if (hosts.stream().anyMatch(host -> host.startsWith("xn--") || host.contains(".xn--"))) {
      score.add(1, "A link leads to a name in look-alike letters.");
    }
    if (hosts.stream().anyMatch(SHORTENERS::contains)) {
      score.add(1, "A link hides where it leads.");
    }
    if (hosts.stream().anyMatch(host -> FREE_HOSTS.stream().anyMatch(host::endsWith))) {
      score.add(1, "A link leads to a site that anybody can set up.");
    }
  }
}
