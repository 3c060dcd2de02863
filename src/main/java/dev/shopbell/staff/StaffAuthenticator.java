package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.web.Authenticator;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.ClientAddress;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * A browser shows its cookie, a program its bearer token. With a token the cookie counts for
 * nothing.
 */
@Component
class StaffAuthenticator implements Authenticator {
  static final String COOKIE = "shopbell_session";
  private static final String BEARER = "Bearer ";
  private static final String TOKEN = "token ";
  private static final String SESSION = "session ";

  private final Sessions sessions;
  private final Tokens tokens;
  private final KnownCallers callers;
  private final ClientAddress address;

  StaffAuthenticator(
      Sessions sessions, Tokens tokens, KnownCallers callers, ClientAddress address) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.callers = callers;
    this.address = address;
  }

  @Override
  public Optional<Caller> authenticate(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      String secret = header.substring(BEARER.length()).strip();
      return callers.find(
          TOKEN + SecretKey.fingerprint(secret),
          () -> tokens.known(secret).map(StaffAuthenticator::caller));
    }
    String cookie = sessionCookie(request);
    if (cookie == null) {
      return Optional.empty();
    }
    String fingerprint = SecretKey.fingerprint(cookie);
    return callers.find(
        SESSION + fingerprint,
        () ->
            sessions
                .known(cookie, Device.of(request, address))
                .map(session -> caller(session, fingerprint)));
  }

  private static Caller caller(Tokens.Known token) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    permissions.addAll(token.scopes());
    permissions.retainAll(token.access().permissions());
    return new Caller(
        token.access().agentId(),
        permissions,
        token.access().sight(),
        true,
        TOKEN + token.id(),
        false);
  }

  private static Caller caller(Sessions.Known session, String fingerprint) {
    Access access = session.access();
    return new Caller(
        access.agentId(),
        session.settingUp() ? Set.of() : access.permissions(),
        access.sight(),
        false,
        SESSION + fingerprint,
        session.settingUp());
  }

  @Override
  public Optional<Caller> again(Caller caller) {
    String credential = caller.credential();
    if (caller.byToken()) {
      return tokens
          .find(Long.parseLong(credential.substring(TOKEN.length())))
          .map(StaffAuthenticator::caller);
    }
    String fingerprint = credential.substring(SESSION.length());
    return sessions.find(fingerprint).map(session -> caller(session, fingerprint));
  }

  /**
   * The fingerprint of the session that asks.
   *
   * @throws Problem if it is a program that asks
   */
  static String session(Caller caller) {
    if (caller.byToken()) {
      throw Problem.forbidden("How one signs in is changed in the desk, not by a token.");
    }
    return caller.credential().substring(SESSION.length());
  }

  static @Nullable String sessionCookie(HttpServletRequest request) {
    return cookie(request, COOKIE);
  }

  static @Nullable String cookie(HttpServletRequest request, String name) {
    if (request.getCookies() == null) {
      return null;
    }
    for (Cookie cookie : request.getCookies()) {
      if (cookie.getName().equals(name)) {
        return cookie.getValue();
      }
    }
    return null;
  }
}
