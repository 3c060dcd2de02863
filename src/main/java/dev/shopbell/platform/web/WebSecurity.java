package dev.shopbell.platform.web;

import dev.shopbell.platform.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Set;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Headers, CSRF and the order of the filters. Who may call what is said at each endpoint, see
 * {@link Allow}.
 */
@Configuration(proxyBeanMethods = false)
class WebSecurity {
  /** Nothing from elsewhere, no inline script: what a mail could smuggle in does not run. */
  private static final String CONTENT_POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
          + " connect-src 'self' ws: wss:; frame-src 'self'; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @Bean
  SecurityFilterChain web(
      HttpSecurity http,
      AuthenticationFilter authentication,
      IdempotencyFilter idempotency,
      Settings settings) {
    CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    boolean encrypted = settings.publicUrl().startsWith("https:");
    tokens.setCookieCustomizer(cookie -> cookie.secure(encrypted).sameSite("Lax"));
    return http.csrf(csrf ->
            csrf.spa()
                .csrfTokenRepository(tokens)
                .requireCsrfProtectionMatcher(WebSecurity::needsCsrfToken))
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .frameOptions(frames -> frames.deny())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .cacheControl(cache -> cache.disable()))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(cache -> cache.disable())
        .logout(logout -> logout.disable())
        .anonymous(anonymous -> anonymous.disable())
        .authorizeHttpRequests(all -> all.anyRequest().permitAll())
        .addFilterBefore(authentication, CsrfFilter.class)
        .addFilterAfter(idempotency, CsrfFilter.class)
        .build();
  }

  /**
   * Writes that a browser would sign with the cookie. Signing in is not one of them: it takes JSON,
   * which no foreign page can send, and its cookie is SameSite.
   */
  private static boolean needsCsrfToken(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !SAFE.contains(request.getMethod())
        && request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller
        && !caller.byToken()
        && !path.equals("/api/v1/session");
  }

  @Bean
  AuthenticationFilter authenticationFilter(
      Authenticator authenticator, RateLimits limits, ClientAddress address, Problems problems) {
    return new AuthenticationFilter(authenticator, limits, address, problems);
  }

  @Bean
  IdempotencyFilter idempotencyFilter(
      JdbcClient jdbc, TransactionTemplate transaction, Problems problems, Clock clock) {
    return new IdempotencyFilter(jdbc, transaction, problems, clock);
  }

  /** They run inside the security chain only. */
  @Bean
  FilterRegistrationBean<AuthenticationFilter> authenticationOnlyInChain(
      AuthenticationFilter filter) {
    return off(filter);
  }

  @Bean
  FilterRegistrationBean<IdempotencyFilter> idempotencyOnlyInChain(IdempotencyFilter filter) {
    return off(filter);
  }

  private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> off(F filter) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setEnabled(false);
    return registration;
  }
}
