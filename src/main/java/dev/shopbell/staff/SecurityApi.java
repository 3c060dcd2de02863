package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.ShownOnce;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * How somebody signs in, and where they are signed in. For people at the desk alone: a token gets
 * 403 from all of it. What changes how one gets in wants the password or a sign-in of the last 15
 * minutes.
 */
@RestController
@RequestMapping("/api/v1/me")
@Tag(name = "Sign-in")
class SecurityApi {
  private final Sessions sessions;
  private final OwnPassword password;
  private final SecondSteps secondSteps;
  private final SignInPolicy policy;
  private final Agents agents;

  SecurityApi(
      Sessions sessions,
      OwnPassword password,
      SecondSteps secondSteps,
      SignInPolicy policy,
      Agents agents) {
    this.sessions = sessions;
    this.password = password;
    this.secondSteps = secondSteps;
    this.policy = policy;
    this.agents = agents;
  }

  /**
   * How the caller gets in.
   *
   * @param password whether the caller has one; who has none shows that it is them by signing in
   *     again
   * @param app whether an authenticator app is set up
   * @param recoveryCodes how many are left
   * @param required whether a second step is required of them
   * @param confirmedUntil so long they may change how they get in; then they show their password
   *     again
   */
  @Schema(name = "OwnSignIn")
  record OwnSignIn(
      boolean password, boolean app, int recoveryCodes, boolean required, Instant confirmedUntil) {}

  @Schema(name = "Confirmation")
  record Confirmation(String password) {}

  /**
   * @param code as the app shows it
   */
  @Schema(name = "AppCode")
  record AppCode(String code) {}

  /**
   * @param codes shown this once; each works once, in place of a code of the app
   */
  @Schema(name = "RecoveryCodes")
  record RecoveryCodes(List<String> codes) {}

  @GetMapping("/sign-in")
  @Allow.SignedIn(settingUp = true)
  OwnSignIn readOwnSignIn(Caller caller) {
    String session = StaffAuthenticator.session(caller);
    return new OwnSignIn(
        agents.passwordHash(caller.agentId()) != null,
        secondSteps.hasApp(caller.agentId()),
        secondSteps.codesLeft(caller.agentId()),
        policy.requires(caller.agentId()),
        sessions.confirmedUntil(session));
  }

  /** Shows once more that it is them, for the next 15 minutes. */
  @PostMapping("/confirmation")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.SignedIn(settingUp = true)
  void confirmIdentity(@RequestBody Confirmation confirmation, Caller caller) {
    password.confirm(caller.agentId(), StaffAuthenticator.session(caller), confirmation.password());
  }

  /** Begins to set up an authenticator app; it counts once a code of it was given. */
  @ShownOnce
  @PostMapping("/authenticator-app")
  @Allow.SignedIn(settingUp = true)
  SecondSteps.Setup beginAuthenticatorApp(Caller caller) {
    sessions.checkConfirmed(StaffAuthenticator.session(caller));
    return secondSteps.beginApp(agents.get(caller.agentId()));
  }

  /** Recovery codes are answered where there were none yet. */
  @PutMapping("/authenticator-app")
  @Allow.SignedIn(settingUp = true)
  RecoveryCodes confirmAuthenticatorApp(@RequestBody AppCode code, Caller caller) {
    sessions.checkConfirmed(StaffAuthenticator.session(caller));
    return new RecoveryCodes(secondSteps.confirmApp(caller.agentId(), code.code()));
  }

  @DeleteMapping("/authenticator-app")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.SignedIn
  void removeAuthenticatorApp(Caller caller) {
    sessions.checkConfirmed(StaffAuthenticator.session(caller));
    secondSteps.removeApp(caller.agentId());
  }

  /** Ten new ones; the earlier ones work no more. */
  @ShownOnce
  @PostMapping("/recovery-codes")
  @Allow.SignedIn
  RecoveryCodes makeRecoveryCodes(Caller caller) {
    sessions.checkConfirmed(StaffAuthenticator.session(caller));
    return new RecoveryCodes(secondSteps.newCodes(caller.agentId()));
  }

  @GetMapping("/sessions")
  @Allow.SignedIn
  Page<Sessions.Open> listSessions(Caller caller) {
    return Page.whole(sessions.of(caller.agentId(), StaffAuthenticator.session(caller)));
  }

  @DeleteMapping("/sessions/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.SignedIn
  void endSession(@PathVariable long id, Caller caller) {
    StaffAuthenticator.session(caller);
    sessions.end(caller.agentId(), id);
  }

  /** Ends all but the one that asks. */
  @DeleteMapping("/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.SignedIn
  void endOtherSessions(Caller caller) {
    sessions.endOthers(caller.agentId(), StaffAuthenticator.session(caller));
  }
}
