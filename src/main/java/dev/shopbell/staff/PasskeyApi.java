package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.ShownOnce;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The passkeys of the caller. As in {@link SecurityApi}, a token gets 403 from all of it. */
@RestController
@RequestMapping("/api/v1/me")
@Tag(name = "Sign-in")
class PasskeyApi {
  private final Passkeys passkeys;
  private final Sessions sessions;
  private final Agents agents;

  PasskeyApi(Passkeys passkeys, Sessions sessions, Agents agents) {
    this.passkeys = passkeys;
    this.sessions = sessions;
    this.agents = agents;
  }

  /**
   * @param credential the browser's answer, as JSON text: {@code PublicKeyCredential.toJSON()}
   */
  @Schema(name = "NewPasskey")
  record NewPasskey(String ticket, String name, String credential) {}

  @Schema(name = "PasskeyChange")
  record PasskeyChange(String name) {}

  @GetMapping("/passkeys")
  @Allow.SignedIn(settingUp = true)
  Page<Passkeys.Passkey> listPasskeys(Caller caller) {
    StaffAuthenticator.session(caller);
    return Page.whole(passkeys.of(caller.agentId()));
  }

  @ShownOnce
  @PostMapping("/passkey-challenge")
  @Allow.SignedIn(settingUp = true)
  Passkeys.Registration beginPasskey(Caller caller) {
    sessions.checkConfirmed(StaffAuthenticator.session(caller));
    return passkeys.begin(agents.get(caller.agentId()));
  }

  /** Recovery codes are answered where there were none yet. */
  @ShownOnce
  @PostMapping("/passkeys")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow.SignedIn(settingUp = true)
  SecurityApi.RecoveryCodes addPasskey(@RequestBody NewPasskey passkey, Caller caller) {
    sessions.checkConfirmed(StaffAuthenticator.session(caller));
    List<String> codes =
        passkeys.add(caller.agentId(), passkey.ticket(), passkey.name(), passkey.credential());
    return new SecurityApi.RecoveryCodes(codes);
  }

  @PatchMapping("/passkeys/{id}")
  @Allow.SignedIn
  Passkeys.Passkey renamePasskey(
      @PathVariable long id, @RequestBody PasskeyChange change, Caller caller) {
    StaffAuthenticator.session(caller);
    return passkeys.rename(caller.agentId(), id, change.name());
  }

  @DeleteMapping("/passkeys/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.SignedIn
  void removePasskey(@PathVariable long id, Caller caller) {
    String session = StaffAuthenticator.session(caller);
    sessions.checkConfirmed(session);
    passkeys.remove(caller.agentId(), id, session);
  }
}
