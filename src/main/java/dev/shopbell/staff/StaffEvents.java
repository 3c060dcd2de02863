package dev.shopbell.staff;

import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Sight;
import dev.shopbell.platform.webhooks.WebhookContent;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What webhooks are told of people and their access: ids alone, as in the audit. */
@Component
class StaffEvents implements WebhookContent {
  private static final String PEOPLE = "People";

  @Override
  public List<Event> events() {
    return List.of(
        new Event(AgentInvited.class, PEOPLE, "Somebody was invited to the desk."),
        new Event(AgentJoined.class, PEOPLE, "Somebody took their invitation."),
        new Event(
            AgentChanged.class, PEOPLE, "What somebody is called, may do or sees has changed."),
        new Event(AgentExpired.class, PEOPLE, "The access of somebody ended on its day."),
        new Event(SignedIn.class, PEOPLE, "Somebody signed in."),
        new Event(SignInRefused.class, PEOPLE, "Somebody tried to sign in and was refused."),
        new Event(RoleCreated.class, PEOPLE, "A role was made."),
        new Event(RoleChanged.class, PEOPLE, "What a role may do has changed."),
        new Event(RoleRemoved.class, PEOPLE, "A role was removed."),
        new Event(TokenCreated.class, PEOPLE, "A token for a program was made."),
        new Event(TokenRevoked.class, PEOPLE, "A token for a program was removed."));
  }

  @Override
  public Permission needs() {
    return Permission.AUDIT_READ;
  }

  @Override
  public Optional<Record> read(StoredFact fact, Sight sight) {
    return Optional.of(new Nothing());
  }
}
