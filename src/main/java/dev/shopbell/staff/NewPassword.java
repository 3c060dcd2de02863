package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What comes with a new password: what the one before opened ends, and its agent is told. */
@Service
class NewPassword {
  private final Agents agents;
  private final Passwords passwords;
  private final OneTimeLinks links;
  private final Sessions sessions;
  private final SecurityMailer mailer;
  private final Facts facts;

  NewPassword(
      Agents agents,
      Passwords passwords,
      OneTimeLinks links,
      Sessions sessions,
      SecurityMailer mailer,
      Facts facts) {
    this.agents = agents;
    this.passwords = passwords;
    this.links = links;
    this.sessions = sessions;
    this.mailer = mailer;
    this.facts = facts;
  }

  /**
   * @param session the fingerprint of the one that stays; null for none
   * @throws Problem if the password is too short or too long, naming {@code field}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void choose(Agent agent, String field, @Nullable String password, @Nullable String session) {
    long id = agent.id();
    agents.setPassword(id, passwords.hash(field, password));
    links.end(id);
    if (session == null) {
      sessions.endAll(Actor.agent(id), id);
    } else {
      sessions.endOthers(id, session);
    }
    if (agent.joined()) {
      facts.append(Actor.agent(id), new PasswordChanged(id));
      mailer.passwordChanged(id);
    }
  }
}
