package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Getting in: by password, and by a second step where the agent has one; or by a passkey alone.
 * Failures count for 15 minutes: 5 from one network address for one account, 30 from one address,
 * and 100 for one account from anywhere (64 bits of IPv6 are one address); of the second step 10
 * for one account, since whoever gets to it knows the password. Past that the answer is to wait.
 */
@Service
class SignIn {
  private static final int MOST_CODES = 10;

  private final Agents agents;
  private final Passwords passwords;
  private final Sessions sessions;
  private final SecondSteps secondSteps;
  private final Passkeys passkeys;
  private final Tickets tickets;
  private final Attempts attempts;

  SignIn(
      Agents agents,
      Passwords passwords,
      Sessions sessions,
      SecondSteps secondSteps,
      Passkeys passkeys,
      Tickets tickets,
      Attempts attempts) {
    this.agents = agents;
    this.passwords = passwords;
    this.sessions = sessions;
    this.secondSteps = secondSteps;
    this.passkeys = passkeys;
    this.tickets = tickets;
    this.attempts = attempts;
  }

  /** What came of showing who one is. */
  sealed interface Outcome {
    record In(Sessions.Opened opened) implements Outcome {}

    /**
     * The second step is missing.
     *
     * @param app whether it may be a code of an app
     * @param passkey whether it may be a passkey
     */
    record HalfWay(String ticket, Instant expiresAt, boolean app, boolean passkey)
        implements Outcome {}
  }

  /**
   * @throws Problem if the password is wrong, the account is off, or there were too many failures
   */
  Outcome byPassword(String email, String password, Device device) {
    String account = email.strip().toLowerCase(Locale.ROOT);
    String person = SecretKey.fingerprint(account);
    List<Attempts.Limit> limits =
        List.of(
            new Attempts.Limit("at " + device.source() + " for " + person, 5),
            atAddress(device),
            new Attempts.Limit("for " + person, 100));
    attempts.check(limits);
    Optional<Agent> agent = agents.byEmail(account).filter(Agent::active);
    String hash = agent.map(known -> agents.passwordHash(known.id())).orElse(null);
    if (!passwords.matches(password, hash) || agent.isEmpty()) {
      attempts.refused(limits, agent.map(Agent::id).orElse(null), SignInMethod.password);
      throw Problem.notSignedIn("The address or the password is not right.");
    }
    return knownByPassword(agent.get(), device);
  }

  static Attempts.Limit atAddress(Device device) {
    return new Attempts.Limit("at " + device.source(), 30);
  }

  /** Lets somebody in who has just shown or chosen their password, or asks for the second step. */
  Outcome knownByPassword(Agent agent, Device device) {
    sessions.checkWay(agent, SignInMethod.password);
    if (!secondSteps.has(agent.id())) {
      return new Outcome.In(sessions.open(agent, device, SignInMethod.password));
    }
    Tickets.Made made = tickets.make(Tickets.Purpose.secondStep, agent.id(), "");
    return new Outcome.HalfWay(
        made.ticket(),
        made.expiresAt(),
        secondSteps.hasApp(agent.id()),
        !passkeys.of(agent.id()).isEmpty());
  }

  /**
   * Goes on where the password was right.
   *
   * @param code of the app, or a recovery code
   * @throws Problem if the ticket or the code is not good, or there were too many failures
   */
  Sessions.Opened byCode(String ticket, String code, Device device) {
    Agent agent = halfWay(ticket);
    Attempts.Limit ofAgent = codes(agent.id());
    attempts.check(List.of(atAddress(device)));
    attempts.begin(ofAgent);
    if (!secondSteps.take(agent.id(), code)) {
      attempts.refused(List.of(atAddress(device)), agent.id(), SignInMethod.app);
      throw Problem.notSignedIn("This code is not right, or was used already.");
    }
    attempts.succeeded(ofAgent);
    return finish(ticket, agent, device, SignInMethod.app);
  }

  /**
   * By a passkey, with or without a password before.
   *
   * @param answer of the browser, as JSON
   */
  Sessions.Opened byPasskey(String ticket, String answer, Device device) {
    attempts.check(List.of(atAddress(device)));
    Optional<Passkeys.Shown> shown = passkeys.shown(ticket, answer);
    Optional<Agent> agent =
        shown.map(Passkeys.Shown::agentId).flatMap(agents::find).filter(Agent::active);
    if (shown.isEmpty() || agent.isEmpty()) {
      attempts.refused(List.of(atAddress(device)), null, SignInMethod.passkey);
      throw Problem.notSignedIn(
          "This passkey does not open the desk. It may have been removed: sign in in another way.");
    }
    return sessions.openByPasskey(agent.get(), device, shown.get().id());
  }

  private Agent halfWay(String ticket) {
    return tickets
        .find(Tickets.Purpose.secondStep, ticket)
        .map(Tickets.Ticket::agentId)
        .flatMap(agents::find)
        .filter(Agent::active)
        .orElseThrow(SignIn::tooLate);
  }

  private Sessions.Opened finish(String ticket, Agent agent, Device device, SignInMethod method) {
    if (tickets.take(Tickets.Purpose.secondStep, ticket).isEmpty()) {
      throw tooLate();
    }
    return sessions.open(agent, device, method);
  }

  private static Problem tooLate() {
    return Problem.notSignedIn("That took too long. Sign in with your password again.");
  }

  /**
   * @throws Problem if a password would be of no use to whoever is invited
   */
  void mayChoosePassword(Invitations.Invitation invitation) {
    if (invitation.email() != null) {
      agents
          .byEmail(invitation.email())
          .ifPresent(agent -> sessions.checkWay(agent, SignInMethod.password));
    }
  }

  private static Attempts.Limit codes(long agentId) {
    return new Attempts.Limit("second step of " + agentId, MOST_CODES);
  }
}
