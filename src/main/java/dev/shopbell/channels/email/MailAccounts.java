package dev.shopbell.channels.email;

import dev.shopbell.platform.database.Wakeups;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The accounts behind the mailboxes: connected, changed, paused and watched. */
@Service
class MailAccounts {
  static final String TOPIC = "mail-account";

  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:-]{1,253}");
  private static final int MOST_FOLDERS = 50;
  private static final int LONGEST = 500;

  private final MailAccountStore store;
  private final AccessTokens tokens;
  private final Mailboxes mailboxes;
  private final Facts facts;
  private final Wakeups wakeups;

  MailAccounts(
      MailAccountStore store,
      AccessTokens tokens,
      Mailboxes mailboxes,
      Facts facts,
      Wakeups wakeups) {
    this.store = store;
    this.tokens = tokens;
    this.mailboxes = mailboxes;
    this.facts = facts;
    this.wakeups = wakeups;
  }

  /** How an account is reached and what of it is read. */
  record Settings(
      MailServer imap,
      @Nullable MailServer smtp,
      String userName,
      MailAccount.Auth auth,
      @Nullable String clientId,
      List<String> folders,
      boolean junk,
      int importDays) {}

  /** What nobody may read again. Null leaves it as it is. */
  record Secrets(@Nullable String password, @Nullable String clientSecret) {}

  List<MailAccount> all() {
    return store.all();
  }

  Optional<MailAccount> find(long id) {
    return store.find(id);
  }

  MailAccount get(long id) {
    return find(id).orElseThrow(() -> Problem.notFound("There is no mail account " + id + "."));
  }

  /** The mailbox of that address is added where there is none yet. */
  @Transactional
  MailAccount connect(Actor actor, long brandId, String address, Settings wanted, Secrets secrets) {
    Settings settings = checked(wanted);
    String secret =
        settings.auth() == MailAccount.Auth.password ? secrets.password() : secrets.clientSecret();
    if (secret == null || secret.isEmpty()) {
      throw settings.auth() == MailAccount.Auth.password
          ? Problem.invalid("password", "Without a password no account can be read.")
          : Problem.invalid("clientSecret", "The secret of the client is missing.");
    }
    String lower = address.strip().toLowerCase(Locale.ROOT);
    Mailboxes.Mailbox mailbox =
        mailboxes.all().stream()
            .filter(one -> one.address().equals(lower))
            .findFirst()
            .orElseGet(() -> mailboxes.add(actor, brandId, address));
    if (mailbox.brandId() != brandId) {
      throw Problem.conflict(lower + " is a mailbox of another brand.");
    }
    long id =
        store
            .insert(mailbox.id(), settings)
            .orElseThrow(() -> Problem.conflict(lower + " is connected already."));
    tokens.save(id, secrets);
    return changed(actor, id, new MailAccountConnected(brandId, mailbox.id(), id));
  }

  @Transactional
  MailAccount change(Actor actor, long id, Settings wanted, Secrets secrets) {
    MailAccount account = get(id);
    store.update(id, checked(wanted));
    tokens.save(id, secrets);
    return changed(actor, id, new MailAccountChanged(account.brandId(), account.mailboxId(), id));
  }

  /** What it has brought stays. */
  @Transactional
  void remove(Actor actor, long id) {
    MailAccount account = get(id);
    store.delete(id);
    facts.append(actor, new MailAccountRemoved(account.brandId(), account.mailboxId(), id));
    wakeups.afterCommit(TOPIC);
  }

  @Transactional
  MailAccount pause(Actor actor, long id) {
    MailAccount account = get(id);
    return store.pause(id, true)
        ? changed(actor, id, new MailAccountPaused(account.brandId(), account.mailboxId(), id))
        : account;
  }

  @Transactional
  MailAccount resume(Actor actor, long id) {
    MailAccount account = get(id);
    return store.pause(id, false)
        ? changed(actor, id, new MailAccountResumed(account.brandId(), account.mailboxId(), id))
        : account;
  }

  /** Tries again now, whatever pause was due. */
  @Transactional
  MailAccount retry(long id) {
    get(id);
    store.tryNow(id);
    wakeups.afterCommit(TOPIC);
    return get(id);
  }

  @Transactional
  void reached(long id, boolean importing) {
    switch (store.reached(id, importing)) {
      case refused, silent -> {
        MailAccount account = get(id);
        facts.append(
            Actor.SYSTEM,
            new MailAccountRecovered(account.brandId(), account.mailboxId(), account.id()));
      }
      case connecting, importing, live, paused -> {}
    }
  }

  @Transactional
  void failed(long id, boolean refused, String words) {
    if (store.failed(id, refused, words)) {
      MailAccount account = get(id);
      facts.append(
          Actor.SYSTEM,
          new MailAccountRefused(account.brandId(), account.mailboxId(), account.id()));
    }
  }

  @Transactional
  void noteSilent() {
    for (MailAccount account : store.fallenSilent()) {
      facts.append(
          Actor.SYSTEM,
          new MailAccountMissed(account.brandId(), account.mailboxId(), account.id()));
    }
  }

  private MailAccount changed(Actor actor, long id, dev.shopbell.platform.facts.Fact fact) {
    facts.append(actor, fact);
    wakeups.afterCommit(TOPIC);
    return get(id);
  }

  static Settings checked(Settings wanted) {
    if (wanted.userName().isBlank() || wanted.userName().length() > LONGEST) {
      throw Problem.invalid("userName", "The user name is missing.");
    }
    if (wanted.importDays() < 0 || wanted.importDays() > MailAccount.ALL_DAYS) {
      throw Problem.invalid(
          "importDays", "The days are a number from 0 to " + MailAccount.ALL_DAYS + ".");
    }
    if (wanted.folders().size() > MOST_FOLDERS
        || wanted.folders().stream().anyMatch(name -> name.length() > LONGEST)) {
      throw Problem.invalid("folders", "At most " + MOST_FOLDERS + " folders are followed.");
    }
    if (wanted.auth() != MailAccount.Auth.password
        && (wanted.clientId() == null || wanted.clientId().isBlank())) {
      throw Problem.invalid("clientId", "The id of the client is missing.");
    }
    MailServer smtp = wanted.smtp();
    return new Settings(
        checked("imap", wanted.imap()),
        smtp == null ? null : checked("smtp", smtp),
        wanted.userName().strip(),
        wanted.auth(),
        wanted.clientId() == null ? null : wanted.clientId().strip(),
        wanted.folders().stream().filter(Objects::nonNull).distinct().toList(),
        wanted.junk(),
        wanted.importDays());
  }

  static MailServer checked(String field, MailServer server) {
    MailServer normal = server.normal();
    if (!HOST.matcher(normal.host()).matches()) {
      throw Problem.invalid(
          field + ".host", "“" + server.host() + "” does not look like the name of a server.");
    }
    if (normal.port() < 1 || normal.port() > 65_535) {
      throw Problem.invalid(field + ".port", "A port is a number from 1 to 65535.");
    }
    return normal;
  }
}
