package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Getting in by password. Failures count for 15 minutes: 5 from one network address for one
 * account, 30 from one address, and 100 for one account from anywhere; past that the answer is to
 * wait.
 */
@Service
class SignIn {
  private final Agents agents;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Attempts attempts;
  private final Facts facts;

  SignIn(Agents agents, Passwords passwords, Sessions sessions, Attempts attempts, Facts facts) {
    this.agents = agents;
    this.passwords = passwords;
    this.sessions = sessions;
    this.attempts = attempts;
    this.facts = facts;
  }

  /**
   * @throws Problem if the password is wrong, the account is off, or there were too many failures
   */
  Sessions.Opened byPassword(String email, String password, Device device) {
    String account = email.strip().toLowerCase(Locale.ROOT);
    String person = SecretKey.fingerprint(account);
    List<Attempts.Limit> limits =
        List.of(
            new Attempts.Limit("at " + device.address() + " for " + person, 5),
            new Attempts.Limit("at " + device.address(), 30),
            new Attempts.Limit("for " + person, 100));
    attempts.check(limits);
    Optional<Agent> agent = agents.byEmail(account).filter(Agent::active);
    String hash = agent.map(known -> agents.passwordHash(known.id())).orElse(null);
    if (!passwords.matches(password, hash) || agent.isEmpty()) {
      attempts.refused(limits, agent.map(Agent::id).orElse(null));
      throw Problem.notSignedIn("The address or the password is not right.");
    }
    return sessions.open(agent.get(), device);
  }

  /** Ends all sessions but the one that asks. */
  @Transactional
  void changePassword(long agentId, String current, String next, String credential) {
    if (!passwords.matches(current, agents.passwordHash(agentId))) {
      throw Problem.invalid("current", "The current password is not right.");
    }
    agents.setPassword(agentId, passwords.hash("next", next));
    sessions.endOthers(agentId, credential);
    facts.append(Actor.agent(agentId), new AgentChanged(agentId));
  }
}
