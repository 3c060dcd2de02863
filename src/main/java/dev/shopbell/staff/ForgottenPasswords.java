package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Checked;
import dev.shopbell.platform.web.Problem;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Links for a new password, by mail. Whoever asks learns nothing: address of somebody or of nobody,
 * mailed or asked for too often, the answer is the same, and so is the work that is done for it.
 * Within a quarter of an hour an address is mailed {@value #MOST_FOR_ONE} times, and a network is
 * heard {@value #MOST_FROM_ONE} times; what is asked for past that is not done, and does not count.
 */
@Service
public class ForgottenPasswords {
  private static final int MOST_FOR_ONE = 3;
  private static final int MOST_FROM_ONE = 10;

  private final Agents agents;
  private final OneTimeLinks links;
  private final Attempts attempts;
  private final SecurityMailer mailer;
  private final Facts facts;
  private final TransactionTemplate transaction;

  ForgottenPasswords(
      Agents agents,
      OneTimeLinks links,
      Attempts attempts,
      SecurityMailer mailer,
      Facts facts,
      TransactionTemplate transaction) {
    this.agents = agents;
    this.links = links;
    this.attempts = attempts;
    this.mailer = mailer;
    this.facts = facts;
    this.transaction = transaction;
  }

  /**
   * @throws Problem if that is no address at all
   */
  void ask(String email, Device device) {
    String address = Checked.mailAddress("email", email);
    Long agent =
        agents.byEmail(address).filter(ForgottenPasswords::mayGetOne).map(Agent::id).orElse(null);
    String of = of(address);
    String from = "forgotten at " + Objects.requireNonNullElse(device.network(), device.address());
    int mailed = attempts.count(of);
    int heard = attempts.count(from);
    if (mailed >= MOST_FOR_ONE || heard >= MOST_FROM_ONE) {
      return;
    }
    attempts.add(of);
    attempts.add(from);
    transaction.executeWithoutResult(status -> {
      facts.append(Actor.SYSTEM, new PasswordLinkAsked(agent));
      mailer.passwordLink(agent == null ? SecurityMailer.NOBODY : agent);
    });
  }

  /**
   * Makes the link, as the mail is written, so that it lies nowhere else. An earlier one by mail
   * works no more. Empty where nobody asked for it within the last quarter of an hour.
   *
   * @return where it leads; it works once, within an hour
   */
  public Optional<String> link(long agentId) {
    return agents
        .find(agentId)
        .filter(agent -> mayGetOne(agent) && attempts.count(of(agent.email())) > 0)
        .flatMap(agent ->
            Optional.ofNullable(
                transaction.execute(
                    status -> links.make(agentId, OneTimeLinks.Kind.byMail).invitationUrl())));
  }

  private static boolean mayGetOne(Agent agent) {
    return agent.active() && agent.joined();
  }

  private static String of(String address) {
    return "forgotten by " + SecretKey.fingerprint(address.toLowerCase(Locale.ROOT));
  }
}
