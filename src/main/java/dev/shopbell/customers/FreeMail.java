package dev.shopbell.customers;

import java.util.Set;
import java.util.regex.Pattern;

/** Domains in which anybody can have an address. */
public final class FreeMail {
  private static final Set<String> OTHERS =
      Set.of(
          "googlemail.com",
          "gmail.com",
          "msn.com",
          "icloud.com",
          "me.com",
          "mac.com",
          "aol.com",
          "ymail.com",
          "rocketmail.com",
          "web.de",
          "freenet.de",
          "t-online.de",
          "arcor.de",
          "posteo.de",
          "mailbox.org",
          "proton.me",
          "protonmail.com",
          "pm.me",
          "tutanota.com",
          "tuta.io",
          "tuta.com",
          "zoho.com",
          "mail.com",
          "email.com",
          "usa.com",
          "inbox.com",
          "fastmail.com",
          "hushmail.com",
          "orange.fr",
          "wanadoo.fr",
          "free.fr",
          "laposte.net",
          "sfr.fr",
          "libero.it",
          "virgilio.it",
          "alice.it",
          "tiscali.it",
          "tin.it",
          "seznam.cz",
          "email.cz",
          "centrum.cz",
          "wp.pl",
          "o2.pl",
          "onet.pl",
          "interia.pl",
          "op.pl",
          "mail.ru",
          "bk.ru",
          "list.ru",
          "inbox.ru",
          "rambler.ru",
          "qq.com",
          "163.com",
          "126.com",
          "sina.com",
          "naver.com",
          "daum.net",
          "hanmail.net",
          "rediffmail.com",
          "uol.com.br",
          "bol.com.br",
          "terra.com.br",
          "ig.com.br",
          "telia.com",
          "bluewin.ch",
          "skynet.be",
          "telenet.be",
          "ziggo.nl",
          "kpnmail.nl",
          "comcast.net",
          "verizon.net",
          "att.net",
          "sbcglobal.net",
          "btinternet.com",
          "cox.net");

  private static final Pattern FAMILIES =
      Pattern.compile("(?:yahoo|hotmail|outlook|live|gmx|yandex|mail2world)\\.[a-z.]{2,6}");

  private FreeMail() {}

  /** The domain is in lower case. */
  public static boolean isFree(String domain) {
    return OTHERS.contains(domain) || FAMILIES.matcher(domain).matches();
  }
}
