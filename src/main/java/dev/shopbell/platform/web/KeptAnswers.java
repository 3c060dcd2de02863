package dev.shopbell.platform.web;

import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The answers to writes that are kept for a day, to be given again: they hold what was written. */
@Component
public class KeptAnswers {
  private static final Problem FORGOTTEN =
      Problem.conflict(
          "This was done already. Its answer is not kept any more, since somebody whom it may have"
              + " named was erased.");

  private final JdbcClient jdbc;
  private final Problems problems;

  KeptAnswers(JdbcClient jdbc, Problems problems) {
    this.jdbc = jdbc;
    this.problems = problems;
  }

  /** Forgets what they say: a write that is repeated is told so, and not done twice. */
  public void forget() {
    jdbc.sql(
            "update idempotency_key set status = :status, content_type = :type, body = :body where status is not null")
        .param("status", FORGOTTEN.status().value())
        .param("type", MediaType.APPLICATION_PROBLEM_JSON_VALUE)
        .param("body", problems.written(FORGOTTEN))
        .update();
  }
}
