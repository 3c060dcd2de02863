package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.ClientAddress;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.ShownOnce;
import dev.shopbell.staff.oidc.OpenId;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in at an identity provider, and linking one's account there. For browsers. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Sign-in")
class ProviderSignInApi {
  private static final String COOKIE = "shopbell_sign_in";
  private static final String CALLBACK = "/api/v1/session/callback";

  private final ProviderSignIn signIn;
  private final IdentityProviders providers;
  private final ProviderAccounts accounts;
  private final Sessions sessions;
  private final ClientAddress address;

  ProviderSignInApi(
      ProviderSignIn signIn,
      IdentityProviders providers,
      ProviderAccounts accounts,
      Sessions sessions,
      ClientAddress address) {
    this.signIn = signIn;
    this.providers = providers;
    this.accounts = accounts;
    this.sessions = sessions;
    this.address = address;
  }

  /**
   * A button of the page for signing in.
   *
   * @param exclusive whether everybody but owners has to use it, or another such
   */
  @Schema(name = "OfferedIdentityProvider")
  record Offered(long id, String name, boolean exclusive) {}

  /**
   * @param next the path in the desk to go on to; its start where it is left out or leads elsewhere
   */
  @Schema(name = "ProviderSignInStart")
  record Start(@Nullable String next) {}

  /**
   * @param url where the browser goes now
   */
  @Schema(name = "ProviderPage")
  record ProviderPage(String url) {}

  @GetMapping("/session/identity-providers")
  @Allow.Anyone(because = "the page for signing in has a button for each")
  Page<Offered> listOfferedIdentityProviders() {
    return Page.whole(
        providers.all().stream()
            .map(one -> new Offered(one.id(), one.name(), one.exclusive()))
            .toList());
  }

  /** Sets a cookie without which nothing can come back. */
  @ShownOnce
  @PostMapping(
      path = "/session/identity-providers/{id}",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow.Anyone(because = "this is how one signs in")
  ProviderPage beginProviderSignIn(
      @PathVariable long id,
      @RequestBody Start start,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response) {
    return begun(id, start.next(), null, request, response);
  }

  /** Where a provider sends the browser back to; it goes on into the desk. */
  @GetMapping("/session/callback")
  @Allow.Anyone(because = "the provider's answer says who it is")
  ResponseEntity<Void> endProviderSignIn(
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String error,
      @RequestParam(defaultValue = "") String iss,
      @Nullable Caller caller,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response) {
    ProviderSignIn.End end =
        signIn.end(
            state,
            new OpenId.Answer(code, error, iss),
            kept(request),
            caller == null || caller.byToken() ? null : caller.agentId(),
            Device.of(request, address));
    keep(response, "", Duration.ZERO, request);
    String next =
        switch (end) {
          case ProviderSignIn.End.In in -> {
            String before = StaffAuthenticator.sessionCookie(request);
            if (before != null) {
              sessions.close(before);
            }
            SessionApi.setCookies(response, in.opened(), address.encrypted(request));
            yield in.next();
          }
          case ProviderSignIn.End.Linked linked ->
              "/settings/security?linked=" + linked.providerId();
          case ProviderSignIn.End.Refused refused ->
              (refused.linking() ? "/settings/security" : "/sign-in")
                  + "?trouble="
                  + refused.kind()
                  + (refused.providerId() == null ? "" : "&provider=" + refused.providerId());
        };
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create(next))
        .cacheControl(CacheControl.noStore())
        .build();
  }

  /** Every provider, and which of them the caller has an account of theirs linked with. */
  @GetMapping("/me/identity-providers")
  @Allow.SignedIn
  Page<ProviderAccounts.Own> listOwnIdentityProviders(Caller caller) {
    StaffAuthenticator.session(caller);
    return Page.whole(accounts.of(caller.agentId()));
  }

  /** Like signing in, but what comes back is linked to the caller. */
  @ShownOnce
  @PostMapping("/me/identity-providers/{id}")
  @Allow.SignedIn
  ProviderPage beginProviderLink(
      @PathVariable long id,
      Caller caller,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response) {
    sessions.checkConfirmed(StaffAuthenticator.session(caller));
    return begun(id, null, caller.agentId(), request, response);
  }

  @DeleteMapping("/me/identity-providers/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.SignedIn
  void unlinkOwnIdentityProvider(@PathVariable long id, Caller caller) {
    sessions.checkConfirmed(StaffAuthenticator.session(caller));
    accounts.unlink(caller.agentId(), id);
  }

  private ProviderPage begun(
      long id,
      @Nullable String next,
      @Nullable Long linking,
      HttpServletRequest request,
      HttpServletResponse response) {
    checkOrigin(request);
    ProviderSignIn.Begun begun = signIn.begin(id, next, linking);
    keep(response, begun.browser(), ProviderSignIn.LIFE, request);
    return new ProviderPage(begun.page());
  }

  /**
   * The browser comes back to the public address: under another one its cookie would be missing.
   */
  private void checkOrigin(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String ours = signIn.redirect();
    if (origin != null && !ours.toLowerCase(Locale.ROOT).startsWith(origin + "/")) {
      throw Problem.conflict(
          "Open the desk at "
              + ours.substring(0, ours.length() - CALLBACK.length())
              + ": providers send back to that address only.");
    }
  }

  private static @Nullable String kept(HttpServletRequest request) {
    return request.getCookies() == null
        ? null
        : Arrays.stream(request.getCookies())
            .filter(cookie -> cookie.getName().equals(COOKIE))
            .map(Cookie::getValue)
            .findFirst()
            .orElse(null);
  }

  private void keep(
      HttpServletResponse response, String value, Duration life, HttpServletRequest request) {
    ResponseCookie cookie =
        ResponseCookie.from(COOKIE, value)
            .httpOnly(true)
            .sameSite("Lax")
            .secure(address.encrypted(request))
            .path(CALLBACK)
            .maxAge(life)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
