package dev.shopbell.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who calls, and holds back those who call too often, or send too much. */
class AuthenticationFilter extends OncePerRequestFilter {
  private static final int LONGEST_REST = 64 * 1024;

  private final Authenticator authenticator;
  private final RateLimits limits;
  private final ClientAddress address;
  private final Problems problems;

  AuthenticationFilter(
      Authenticator authenticator, RateLimits limits, ClientAddress address, Problems problems) {
    this.authenticator = authenticator;
    this.limits = limits;
    this.address = address;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !path.startsWith("/api/") && !path.equals("/metrics");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      admit(request, response, chain);
    } finally {
      endBody(request, response);
    }
  }

  private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest limited;
    try {
      Caller caller = authenticator.authenticate(request).orElse(null);
      limits.take(caller, address.of(request));
      request.setAttribute(Caller.ATTRIBUTE, caller);
      limited = LimitedBody.of(request, caller);
      if (request.getRequestURI().equals("/metrics")) {
        if (caller == null) {
          throw Problem.notSignedIn("Send a bearer token that may read metrics.");
        }
        if (!caller.may(Permission.METRICS_READ)) {
          throw Problem.forbidden("This needs the permission “metrics:read”.");
        }
      }
    } catch (Problem problem) {
      problems.write(response, problem);
      return;
    } catch (DataAccessException e) {
      problems.write(response, Problem.unavailable());
      return;
    }
    chain.doFilter(limited, response);
  }

  /**
   * A call may be refused before its body has arrived. The server would close the connection then
   * without a word, and the caller's next call on it would fail: so a short rest is read, and the
   * end of the connection announced before a long one.
   */
  private static void endBody(HttpServletRequest request, HttpServletResponse response) {
    if (request.isAsyncStarted()) {
      return;
    }
    boolean ended;
    try {
      ended = request.getInputStream().readNBytes(LONGEST_REST).length < LONGEST_REST;
    } catch (IOException | IllegalStateException e) {
      ended = false;
    }
    if (!ended && !response.isCommitted()) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
  }
}
