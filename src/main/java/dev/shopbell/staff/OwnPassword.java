package dev.shopbell.staff;

import dev.shopbell.platform.web.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The password of somebody who is signed in: shown once more, or changed. */
@Service
class OwnPassword {
  private static final int MOST = 10;

  private final Agents agents;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Attempts attempts;
  private final NewPassword newPassword;

  OwnPassword(
      Agents agents,
      Passwords passwords,
      Sessions sessions,
      Attempts attempts,
      NewPassword newPassword) {
    this.agents = agents;
    this.passwords = passwords;
    this.sessions = sessions;
    this.attempts = attempts;
    this.newPassword = newPassword;
  }

  /** An agent who is signed in shows once more that it is them. */
  void confirm(long agentId, String session, String password) {
    shown(agentId, "password", password, "The password is not right.");
    sessions.confirm(session);
  }

  /**
   * Ends all sessions but the one that asks. Whoever has none yet, since they come by an identity
   * provider, shows that it is them by having signed in lately.
   */
  @Transactional
  void change(long agentId, @Nullable String current, String next, String session) {
    if (agents.passwordHash(agentId) == null) {
      sessions.checkConfirmed(session);
    } else {
      shown(
          agentId,
          "current",
          Objects.requireNonNullElse(current, ""),
          "The current password is not right.");
    }
    newPassword.choose(agents.get(agentId), "next", next, session);
  }

  /** Slowly, since whoever holds a session need not be the one who knows the password. */
  private void shown(long agentId, String field, String password, String wrong) {
    Attempts.Limit limit = new Attempts.Limit("confirming " + agentId, MOST);
    attempts.begin(limit);
    if (!passwords.matches(password, agents.passwordHash(agentId))) {
      throw Problem.invalid(field, wrong);
    }
    attempts.succeeded(limit);
  }
}
