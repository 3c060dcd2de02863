package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.staff.oidc.Person;
import dev.shopbell.staff.oidc.ProviderTrouble;
import dev.shopbell.staff.oidc.ProviderTrouble.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who of us somebody is whom a provider has signed in: by their account once it is linked, never by
 * their mail again. The first time by the mail address that the provider vouches for, or because
 * they say so while they are signed in.
 */
@Service
class ProviderPeople {
  private static final int LONGEST_NAME = 120;

  private final OneTimeLinks links;
  private final Agents agents;
  private final Roles roles;
  private final ProviderAccounts accounts;
  private final Sessions sessions;
  private final Facts facts;

  ProviderPeople(
      OneTimeLinks links,
      Agents agents,
      Roles roles,
      ProviderAccounts accounts,
      Sessions sessions,
      Facts facts) {
    this.links = links;
    this.agents = agents;
    this.roles = roles;
    this.accounts = accounts;
    this.sessions = sessions;
    this.facts = facts;
  }

  /** A provider stands for both steps of signing in. */
  @Transactional(rollbackFor = ProviderTrouble.class)
  public Sessions.Opened signIn(IdentityProvider provider, Person person, Device device)
      throws ProviderTrouble {
    Optional<Long> known = accounts.agentOf(provider.id(), person.subject());
    Agent agent = known.isPresent() ? agents.get(known.get()) : newlySeen(provider, person);
    if (!agent.active()) {
      throw new ProviderTrouble(Kind.ended, "The access of this agent has ended.");
    }
    if (known.isEmpty()) {
      if (!accounts.link(agent.id(), provider.id(), person.subject())) {
        throw new ProviderTrouble(
            Kind.other, "The agent of this mail address has another account linked.");
      }
      joined(agent);
    }
    accounts.used(provider.id(), person.subject());
    return sessions.open(agents.get(agent.id()), device, SignInMethod.provider);
  }

  /** Whoever is signed in makes the account theirs. */
  @Transactional(rollbackFor = ProviderTrouble.class)
  public void link(IdentityProvider provider, Person person, long agentId) throws ProviderTrouble {
    Optional<Long> known = accounts.agentOf(provider.id(), person.subject());
    if (known.isPresent() && known.get() != agentId) {
      throw new ProviderTrouble(Kind.taken, "The account is linked to another agent.");
    }
    if (known.isEmpty() && !accounts.link(agentId, provider.id(), person.subject())) {
      throw new ProviderTrouble(Kind.other, "The agent has another account linked.");
    }
  }

  private Agent newlySeen(IdentityProvider provider, Person person) throws ProviderTrouble {
    String mail = person.mail();
    if (mail == null) {
      throw new ProviderTrouble(
          Kind.unproven,
          "The provider does not say that the mail address was verified, so it proves nobody to us.");
    }
    boolean ofDomain =
        provider.domains().contains(WantedProvider.plain(mail.substring(mail.indexOf('@') + 1)));
    if (!ofDomain && !provider.domains().isEmpty()) {
      throw new ProviderTrouble(Kind.outside, "The mail address is of another domain.");
    }
    Optional<Agent> invited = agents.byEmail(mail);
    if (invited.isPresent()) {
      return invited.get();
    }
    String role = provider.joinRole();
    if (role == null || !ofDomain || roles.find(role).isEmpty()) {
      throw new ProviderTrouble(Kind.unknown, "Nobody here has the mail address.");
    }
    return agents.create(
        Actor.SYSTEM,
        new Agents.NewAgent(name(person.name(), mail), mail, role, null, null, null, null),
        null,
        false);
  }

  /** Whoever comes for the first time has joined; their link for a password is used up with it. */
  private void joined(Agent agent) {
    if (!agent.joined()) {
      links.end(agent.id());
      facts.append(Actor.agent(agent.id()), new AgentJoined(agent.id()));
    }
  }

  private static String name(@Nullable String told, String mail) {
    String name = told == null ? "" : told.replaceAll("\\p{Cntrl}", " ").strip();
    if (name.isEmpty()) {
      name = mail.substring(0, mail.indexOf('@'));
    }
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME / 2)).strip();
  }
}
