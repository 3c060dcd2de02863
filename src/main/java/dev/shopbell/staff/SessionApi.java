package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.ClientAddress;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
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
  private final Agents agents;
  private final Invitations invitations;
  private final ClientAddress address;

  SessionApi(
      SignIn signIn,
      Sessions sessions,
      Agents agents,
      Invitations invitations,
      ClientAddress address) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.agents = agents;
    this.invitations = invitations;
    this.address = address;
  }

  record Credentials(String email, String password) {}

  record Session(Agent agent, Set<Permission> permissions) {}

  /** What is null stays, an empty title, display name or desk language takes it away. */
  record Profile(
      @Nullable String name,
      @Nullable String title,
      @Nullable String displayName,
      @Nullable String deskLanguage,
      @Nullable List<String> languages) {}

  record PasswordChange(String current, String next) {}

  @PostMapping(path = "/session", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow.Anyone(because = "this is how one signs in")
  Session signIn(
      @RequestBody Credentials credentials,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response) {
    Sessions.Opened opened =
        signIn.byPassword(credentials.email(), credentials.password(), Device.of(request, address));
    return answer(opened, request, response);
  }

  @GetMapping("/session")
  @Allow.SignedIn
  Session readSession(Caller caller) {
    return new Session(agents.get(caller.agentId()), caller.permissions());
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
    setCookie(response, "", Duration.ZERO, request);
  }

  @GetMapping("/invitations/{token}")
  @Allow.Anyone(because = "whoever holds the link is the one invited")
  Invitations.Invitation readInvitation(@PathVariable String token) {
    return invitations.read(token);
  }

  @PostMapping(path = "/invitations/{token}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow.Anyone(because = "whoever holds the link is the one invited")
  Session acceptInvitation(
      @PathVariable String token,
      @RequestBody Invitations.Answer answer,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response) {
    return answer(
        sessions.open(invitations.accept(token, answer), Device.of(request, address)),
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
    signIn.changePassword(
        caller.agentId(), change.current(), change.next(), StaffAuthenticator.session(caller));
  }

  private Session answer(
      Sessions.Opened opened, HttpServletRequest request, HttpServletResponse response) {
    setCookie(response, opened.token(), Sessions.LIFE, request);
    return new Session(
        opened.agent(),
        agents.access(opened.agent().id()).map(Access::permissions).orElse(Set.of()));
  }

  private void setCookie(
      HttpServletResponse response, String value, Duration life, HttpServletRequest request) {
    ResponseCookie cookie =
        ResponseCookie.from(StaffAuthenticator.COOKIE, value)
            .httpOnly(true)
            .sameSite("Lax")
            .secure(address.encrypted(request))
            .path("/")
            .maxAge(life)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
