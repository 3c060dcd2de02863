package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.ClientAddress;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.ShownOnce;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Sign-in")
class SessionApi {
  private final SignIn signIn;
  private final Sessions sessions;
  private final OwnPassword password;
  private final Passkeys passkeys;
  private final Agents agents;
  private final Invitations invitations;
  private final ClientAddress address;

  SessionApi(
      SignIn signIn,
      Sessions sessions,
      OwnPassword password,
      Passkeys passkeys,
      Agents agents,
      Invitations invitations,
      ClientAddress address) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.password = password;
    this.passkeys = passkeys;
    this.agents = agents;
    this.invitations = invitations;
    this.address = address;
  }

  record Credentials(String email, String password) {}

  /**
   * @param settingUp whether a second step is required that the agent has not set up: before, the
   *     API answers 403 to all but what they need to do so
   */
  record Session(Agent agent, Set<Permission> permissions, boolean settingUp) {}

  /**
   * The password was right, and one thing more is asked.
   *
   * @param ticket to be shown with it, until it expires
   * @param app whether it may be a code of an authenticator app
   * @param passkey whether signing in by passkey does
   */
  record SecondStep(String ticket, Instant expiresAt, boolean app, boolean passkey) {}

  /**
   * @param ticket of the challenge
   * @param credential the browser's answer, as JSON text: {@code PublicKeyCredential.toJSON()}
   */
  record PasskeyAnswer(String ticket, String credential) {}

  /**
   * @param code of the authenticator app, or a recovery code
   */
  record SecondStepAnswer(String ticket, String code) {}

  /** What is null stays, an empty title, display name or desk language takes it away. */
  record Profile(
      @Nullable String name,
      @Nullable String title,
      @Nullable String displayName,
      @Nullable String deskLanguage,
      @Nullable List<String> languages) {}

  /**
   * @param current left out by whoever has none yet
   */
  record PasswordChange(@Nullable String current, String next) {}

  @ShownOnce
  @PostMapping(path = "/session", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow.Anyone(because = "this is how one signs in")
  @ApiResponse(
      responseCode = "200",
      description = "Signed in: the answer sets the cookie.",
      content = @Content(schema = @Schema(implementation = Session.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Half way: send the second step.",
      content = @Content(schema = @Schema(implementation = SecondStep.class)))
  Object signIn(
      @RequestBody Credentials credentials,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response) {
    return answer(
        signIn.byPassword(credentials.email(), credentials.password(), Device.of(request, address)),
        request,
        response);
  }

  @PostMapping(path = "/session/second-step", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow.Anyone(because = "this is how one signs in")
  Session signInSecondStep(
      @RequestBody SecondStepAnswer second,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response) {
    return opened(
        signIn.byCode(second.ticket(), second.code(), Device.of(request, address)),
        request,
        response);
  }

  @ShownOnce
  @PostMapping("/session/passkey-challenge")
  @Allow.Anyone(because = "this is how one signs in")
  Passkeys.Challenge beginPasskeySignIn() {
    return passkeys.challenge();
  }

  @PostMapping(path = "/session/passkey", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow.Anyone(because = "this is how one signs in")
  Session signInByPasskey(
      @RequestBody PasskeyAnswer passkey,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response) {
    return opened(
        signIn.byPasskey(passkey.ticket(), passkey.credential(), Device.of(request, address)),
        request,
        response);
  }

  @GetMapping("/session")
  @Allow.SignedIn(settingUp = true)
  Session readSession(Caller caller) {
    return new Session(agents.get(caller.agentId()), caller.permissions(), caller.settingUp());
  }

  @DeleteMapping("/session")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.Anyone(because = "ending a session needs nothing but the session itself")
  void signOut(
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response) {
    String cookie = StaffAuthenticator.sessionCookie(request);
    if (cookie != null) {
      sessions.close(cookie);
    }
    setCookie(response, StaffAuthenticator.COOKIE, "", Duration.ZERO, address.encrypted(request));
  }

  @GetMapping("/invitations/{token}")
  @Allow.Anyone(because = "whoever holds the link is the one invited")
  Invitations.Invitation readInvitation(@PathVariable String token) {
    return invitations.read(token);
  }

  @ShownOnce
  @PostMapping(path = "/invitations/{token}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow.Anyone(because = "whoever holds the link is the one invited")
  @ApiResponse(
      responseCode = "200",
      description = "Signed in: the answer sets the cookie.",
      content = @Content(schema = @Schema(implementation = Session.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The link is used; send the second step.",
      content = @Content(schema = @Schema(implementation = SecondStep.class)))
  Object acceptInvitation(
      @PathVariable String token,
      @RequestBody Invitations.Answer answer,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response) {
    signIn.mayChoosePassword(invitations.read(token));
    return answer(
        signIn.knownByPassword(invitations.accept(token, answer), Device.of(request, address)),
        request,
        response);
  }

  @PatchMapping("/me")
  @Allow.SignedIn
  Agent changeProfile(@RequestBody Profile profile, Caller caller) {
    return agents.change(
        caller.actor(),
        caller.agentId(),
        new Agents.Change(
            profile.name(),
            profile.title(),
            profile.displayName(),
            profile.deskLanguage(),
            profile.languages()));
  }

  @PutMapping("/me/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.SignedIn
  void changePassword(@RequestBody PasswordChange change, Caller caller) {
    password.change(
        caller.agentId(), change.current(), change.next(), StaffAuthenticator.session(caller));
  }

  private Object answer(
      SignIn.Outcome outcome, HttpServletRequest request, HttpServletResponse response) {
    return switch (outcome) {
      case SignIn.Outcome.In in -> opened(in.opened(), request, response);
      case SignIn.Outcome.HalfWay halfWay -> {
        response.setStatus(HttpStatus.ACCEPTED.value());
        yield new SecondStep(
            halfWay.ticket(), halfWay.expiresAt(), halfWay.app(), halfWay.passkey());
      }
    };
  }

  private Session opened(
      Sessions.Opened opened, HttpServletRequest request, HttpServletResponse response) {
    setCookies(response, opened, address.encrypted(request));
    Sessions.Known known = sessions.find(SecretKey.fingerprint(opened.token())).orElseThrow();
    return new Session(
        opened.agent(),
        known.settingUp() ? Set.of() : known.access().permissions(),
        known.settingUp());
  }

  /** Of the session, and by which the browser is known again. */
  static void setCookies(HttpServletResponse response, Sessions.Opened opened, boolean encrypted) {
    setCookie(response, StaffAuthenticator.COOKIE, opened.token(), Sessions.LIFE, encrypted);
    setCookie(response, Device.COOKIE, opened.device(), KnownDevices.LIFE, encrypted);
  }

  private static void setCookie(
      HttpServletResponse response, String name, String value, Duration life, boolean encrypted) {
    ResponseCookie cookie =
        ResponseCookie.from(name, value)
            .httpOnly(true)
            .sameSite("Lax")
            .secure(encrypted)
            .path("/")
            .maxAge(life)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
