package dev.shopbell.channels.email;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Checked;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/mail-accounts")
@Tag(name = "Mail accounts")
class MailAccountApi {
  private final MailAccounts accounts;
  private final MailProviders providers;
  private final ConnectionTest test;
  private final AccessTokens tokens;
  private final MailConsent consent;

  MailAccountApi(
      MailAccounts accounts,
      MailProviders providers,
      ConnectionTest test,
      AccessTokens tokens,
      MailConsent consent) {
    this.accounts = accounts;
    this.providers = providers;
    this.test = test;
    this.tokens = tokens;
    this.consent = consent;
  }

  /**
   * @param userName the address where it is left out
   * @param password for the auth {@code password}
   * @param clientId of the OAuth client, for the other two
   * @param importDays mail of so many days before now is imported: 0 for none, 36500 for all
   */
  record NewMailAccount(
      long brandId,
      String address,
      MailServer imap,
      @Nullable MailServer smtp,
      @Nullable String userName,
      MailAccount.Auth auth,
      @Nullable String password,
      @Nullable String clientId,
      @Nullable String clientSecret,
      @Nullable List<String> folders,
      @Nullable Boolean junk,
      int importDays) {}

  /**
   * What is left out stays as it is.
   *
   * @param sendsByRelay true where answers leave by the relay again, so that {@code smtp} goes
   */
  record MailAccountChange(
      @Nullable MailServer imap,
      @Nullable MailServer smtp,
      @Nullable Boolean sendsByRelay,
      @Nullable String userName,
      @Nullable String password,
      @Nullable String clientId,
      @Nullable String clientSecret,
      @Nullable List<String> folders,
      @Nullable Boolean junk) {}

  /**
   * @param accountId the account whose password is used where none is given
   */
  record ConnectionToTest(
      MailServer imap,
      @Nullable MailServer smtp,
      String userName,
      @Nullable String password,
      @Nullable Long accountId) {}

  /** What the owner's browser is to open. */
  @Schema(name = "MailConsentPage")
  record ConsentPage(String url) {}

  /**
   * @param provider who seems to keep the mailbox, with its servers
   * @param providers all that are known
   * @param callback what an owner enters at Google or Microsoft as the redirect URI
   */
  @Schema(name = "MailPresets")
  record Presets(MailProvider provider, List<MailProvider> providers, String callback) {}

  @GetMapping
  @Allow(Permission.MAIL_MANAGE)
  Page<MailAccount> listMailAccounts(Caller caller) {
    return Page.whole(
        accounts.all().stream().filter(account -> caller.sight().sees(account.brandId())).toList());
  }

  @GetMapping("/presets")
  @Allow(Permission.MAIL_MANAGE)
  Presets readMailPresets(@RequestParam String address) {
    return new Presets(
        providers.of(Checked.mailAddress("address", address)),
        MailProvider.ALL,
        consent.redirect());
  }

  /** Tries to sign in, and changes nothing. That it does not work is an answer, not an error. */
  @PostMapping("/test")
  @Allow(Permission.MAIL_MANAGE)
  ConnectionTest.Result testMailAccount(@RequestBody ConnectionToTest wanted, Caller caller) {
    MailServer imap = MailAccounts.checked("imap", wanted.imap());
    MailServer smtp = wanted.smtp() == null ? null : MailAccounts.checked("smtp", wanted.smtp());
    return test.of(imap, smtp, wanted.userName().strip(), proof(wanted, imap, caller.sight()));
  }

  /** A kept password is shown to no other server than the one it is for. */
  private ImapConnection.Proof proof(ConnectionToTest wanted, MailServer imap, Sight sight) {
    if (wanted.password() != null && !wanted.password().isEmpty()) {
      return new ImapConnection.Proof.Password(wanted.password());
    }
    if (wanted.accountId() == null) {
      throw Problem.invalid("password", "Without a password no account can be read.");
    }
    MailAccount account = accounts.get(wanted.accountId());
    sight.require(account.brandId());
    if (account.auth() != MailAccount.Auth.password
        || !account.imap().equals(imap)
        || (wanted.smtp() != null && !wanted.smtp().normal().equals(account.smtp()))) {
      throw Problem.invalid("password", "With another server the password is asked for again.");
    }
    return new ImapConnection.Proof.Password(tokens.password(account.id()));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.MAIL_MANAGE)
  MailAccount connectMailAccount(@RequestBody NewMailAccount wanted, Caller caller) {
    caller.sight().require(wanted.brandId());
    String address = Checked.mailAddress("address", wanted.address());
    return accounts.connect(
        caller.actor(),
        wanted.brandId(),
        address,
        new MailAccounts.Settings(
            wanted.imap(),
            wanted.smtp(),
            wanted.userName() == null ? address : wanted.userName(),
            wanted.auth(),
            wanted.clientId(),
            Objects.requireNonNullElse(wanted.folders(), List.of()),
            Boolean.TRUE.equals(wanted.junk()),
            wanted.importDays()),
        new MailAccounts.Secrets(wanted.password(), wanted.clientSecret()));
  }

  @PatchMapping("/{id}")
  @Allow(Permission.MAIL_MANAGE)
  MailAccount changeMailAccount(
      @PathVariable long id, @RequestBody MailAccountChange change, Caller caller) {
    MailAccount now = accounts.get(id);
    MailServer imap = Objects.requireNonNullElse(change.imap(), now.imap());
    MailServer smtp = change.smtp() == null ? now.smtp() : change.smtp();
    boolean elsewhere =
        isElsewhere(imap, now.imap())
            || (change.smtp() != null
                && (now.smtp() == null || isElsewhere(change.smtp(), now.smtp())));
    if (elsewhere && now.auth() != MailAccount.Auth.password) {
      throw Problem.invalid(
          "imap",
          "An account that is signed in with its provider keeps its servers. Connect another one instead.");
    }
    if (elsewhere && (change.password() == null || change.password().isBlank())) {
      throw Problem.invalid("password", "With another server the password is asked for again.");
    }
    return accounts.change(
        caller.actor(),
        id,
        new MailAccounts.Settings(
            imap,
            Boolean.TRUE.equals(change.sendsByRelay()) ? null : smtp,
            Objects.requireNonNullElse(change.userName(), now.userName()),
            now.auth(),
            change.clientId() == null ? now.clientId() : change.clientId(),
            Objects.requireNonNullElse(change.folders(), now.folders()),
            change.junk() == null ? now.junk() : change.junk(),
            now.importDays()),
        new MailAccounts.Secrets(change.password(), change.clientSecret()));
  }

  /** Whether what is kept secret would be shown to somebody else. */
  private static boolean isElsewhere(MailServer wanted, MailServer now) {
    return !wanted.normal().host().equals(now.host()) || wanted.port() != now.port();
  }

  /** Reading ends; the conversations stay. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.MAIL_MANAGE)
  void removeMailAccount(@PathVariable long id, Caller caller) {
    accounts.remove(caller.actor(), id);
  }

  @PostMapping("/{id}/pause")
  @Allow(Permission.MAIL_MANAGE)
  MailAccount pauseMailAccount(@PathVariable long id, Caller caller) {
    return accounts.pause(caller.actor(), id);
  }

  @PostMapping("/{id}/resume")
  @Allow(Permission.MAIL_MANAGE)
  MailAccount resumeMailAccount(@PathVariable long id, Caller caller) {
    return accounts.resume(caller.actor(), id);
  }

  /** Tries to connect at once, whatever pause was due. */
  @PostMapping("/{id}/retry")
  @Allow(Permission.MAIL_MANAGE)
  MailAccount retryMailAccount(@PathVariable long id) {
    return accounts.retry(id);
  }

  /** Begins the sign-in at Google or Microsoft. */
  @PostMapping("/{id}/consent")
  @Allow(Permission.MAIL_MANAGE)
  ConsentPage beginMailConsent(@PathVariable long id) {
    return new ConsentPage(consent.begin(id));
  }

  /** Where the provider sends the owner's browser back to; it goes on to the settings. */
  @GetMapping("/oauth/callback")
  @Allow(Permission.MAIL_MANAGE)
  ResponseEntity<Void> endMailConsent(
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String error) {
    String outcome = "signed-in";
    try {
      if (error.isEmpty()) {
        consent.end(state, code);
      } else {
        outcome = "declined";
      }
    } catch (Problem e) {
      outcome = "failed";
    }
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create("/settings/mailboxes?outcome=" + outcome))
        .build();
  }
}
