package dev.shopbell.conversations;

import dev.shopbell.brands.Brands;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Checked;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Whose pictures are shown without asking each time. */
@Service
class TrustedSenders {
  private static final Pattern DOMAIN =
      Pattern.compile("(?=.{3,253}$)[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*\\.)+[\\p{L}\\p{N}-]{2,63}");

  /** Where anybody can have an address, a domain says nothing about a person. */
  private static final Set<String> OPEN_TO_ALL =
      Set.of(
          "gmail.com",
          "googlemail.com",
          "outlook.com",
          "outlook.de",
          "outlook.fr",
          "hotmail.com",
          "hotmail.de",
          "hotmail.fr",
          "hotmail.co.uk",
          "live.com",
          "msn.com",
          "yahoo.com",
          "yahoo.de",
          "yahoo.fr",
          "yahoo.co.uk",
          "yahoo.co.jp",
          "ymail.com",
          "aol.com",
          "icloud.com",
          "me.com",
          "mac.com",
          "proton.me",
          "protonmail.com",
          "gmx.de",
          "gmx.net",
          "gmx.at",
          "gmx.ch",
          "gmx.com",
          "web.de",
          "t-online.de",
          "freenet.de",
          "mail.com",
          "mail.ru",
          "yandex.ru",
          "yandex.com",
          "qq.com",
          "163.com",
          "126.com",
          "naver.com",
          "orange.fr",
          "free.fr",
          "laposte.net",
          "libero.it",
          "virgilio.it",
          "wp.pl",
          "o2.pl",
          "onet.pl",
          "interia.pl",
          "seznam.cz",
          "bluewin.ch",
          "ziggo.nl",
          "kpnmail.nl",
          "comcast.net",
          "btinternet.com",
          "fastmail.com",
          "zoho.com",
          "tutanota.com",
          "posteo.de",
          "mailbox.org");

  private final TrustedSenderStore store;
  private final Brands brands;
  private final Facts facts;
  private final Clock clock;

  TrustedSenders(TrustedSenderStore store, Brands brands, Facts facts, Clock clock) {
    this.store = store;
    this.brands = brands;
    this.facts = facts;
    this.clock = clock;
  }

  List<TrustedSender> list(
      @Nullable Long brandId, Sight sight, int limit, @Nullable Cursor cursor) {
    return store.list(brandId, sight, limit, cursor == null ? Long.MAX_VALUE : cursor.number(0));
  }

  /**
   * Trusts an address, or with {@code x.example} every address of that domain; one that is trusted
   * already stays.
   *
   * @throws Problem if it is neither, or a domain where anybody can have an address
   */
  @Transactional
  TrustedSender trust(Actor actor, long brandId, String sender) {
    brands.get(brandId);
    String checked =
        sender.contains("@") ? Checked.mailAddress("sender", sender) : checkedDomain(sender);
    return store
        .insert(brandId, checked, clock.instant())
        .map(added -> {
          facts.append(actor, new TrustedSenderAdded(brandId, added.id()));
          return added;
        })
        .orElseGet(() -> store.get(brandId, checked));
  }

  @Transactional
  void distrust(Actor actor, long id) {
    long brandId =
        store
            .delete(id)
            .orElseThrow(() -> Problem.notFound("There is no trusted sender " + id + "."));
    facts.append(actor, new TrustedSenderRemoved(brandId, id));
  }

  private static String checkedDomain(String text) {
    String domain = text.strip().toLowerCase(Locale.ROOT);
    if (!DOMAIN.matcher(domain).matches()) {
      throw Problem.invalid(
          "sender", "“" + text + "” is neither a mail address nor the domain of one.");
    }
    if (OPEN_TO_ALL.contains(domain)) {
      throw Problem.invalid(
          "sender",
          "Anybody can have an address at " + domain + ". Trust the one person's address instead.");
    }
    return domain;
  }
}
