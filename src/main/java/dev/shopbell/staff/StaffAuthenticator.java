package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.web.Authenticator;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
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

  private final Sessions sessions;
  private final Tokens tokens;
  private final KnownCallers callers;

  StaffAuthenticator(Sessions sessions, Tokens tokens, KnownCallers callers) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.callers = callers;
  }

  @Override
  public Optional<Caller> authenticate(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      String secret = header.substring(BEARER.length()).strip();
      return callers.find("token " + SecretKey.fingerprint(secret), () -> byToken(secret));
    }
    String cookie = sessionCookie(request);
    return cookie == null
        ? Optional.empty()
        : callers.find("session " + SecretKey.fingerprint(cookie), () -> bySession(cookie));
  }

  private Optional<Caller> byToken(String secret) {
    return tokens
        .known(secret)
        .map(token -> {
          Set<Permission> permissions = EnumSet.noneOf(Permission.class);
          permissions.addAll(token.scopes());
          permissions.retainAll(token.role().permissions());
          return new Caller(token.agentId(), permissions, true, "token " + token.id());
        });
  }

  private Optional<Caller> bySession(String cookie) {
    return sessions
        .known(cookie)
        .map(session ->
            new Caller(
                session.agentId(),
                session.role().permissions(),
                false,
                "session " + SecretKey.fingerprint(cookie)));
  }

  @Override
  public boolean stillHolds(Caller caller) {
    return caller.byToken()
        ? tokens.exists(Long.parseLong(caller.credential().substring("token ".length())))
        : sessions.exists(caller.credential().substring("session ".length()));
  }

  static @Nullable String sessionCookie(HttpServletRequest request) {
    if (request.getCookies() == null) {
      return null;
    }
    for (Cookie cookie : request.getCookies()) {
      if (cookie.getName().equals(COOKIE)) {
        return cookie.getValue();
      }
    }
    return null;
  }
}
