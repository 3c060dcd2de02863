package dev.shopbell.exchange;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.brands.FirstBrand;
import dev.shopbell.channels.email.Signatures;
import dev.shopbell.conversations.Arrival;
import dev.shopbell.conversations.Assessment;
import dev.shopbell.conversations.ConversationFields;
import dev.shopbell.conversations.ConversationHistory;
import dev.shopbell.conversations.Conversations;
import dev.shopbell.conversations.Correspondent;
import dev.shopbell.conversations.Direction;
import dev.shopbell.conversations.Incoming;
import dev.shopbell.conversations.MessageKind;
import dev.shopbell.conversations.Priority;
import dev.shopbell.conversations.Received;
import dev.shopbell.conversations.Status;
import dev.shopbell.customers.CustomFields;
import dev.shopbell.customers.Customers;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.Agents;
import dev.shopbell.staff.BuiltInRole;
import dev.shopbell.staff.Teams;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A believable small shop to look around in, from {@code demo/shop.json}. Everything of it is
 * marked, is never mailed, and goes without a trace of its content.
 */
@Service
public class DemoShop {
  private final Brands brands;
  private final Agents agents;
  private final Teams teams;
  private final Customers customers;
  private final CustomFields fields;
  private final ConversationFields conversationFields;
  private final Conversations conversations;
  private final ConversationHistory history;
  private final Signatures signatures;
  private final Facts facts;
  private final JsonMapper json;
  private final Clock clock;

  DemoShop(
      Brands brands,
      Agents agents,
      Teams teams,
      Customers customers,
      CustomFields fields,
      ConversationFields conversationFields,
      Conversations conversations,
      ConversationHistory history,
      Signatures signatures,
      Facts facts,
      JsonMapper json,
      Clock clock) {
    this.brands = brands;
    this.agents = agents;
    this.teams = teams;
    this.customers = customers;
    this.fields = fields;
    this.conversationFields = conversationFields;
    this.conversations = conversations;
    this.history = history;
    this.signatures = signatures;
    this.facts = facts;
    this.json = json;
    this.clock = clock;
  }

  record Script(
      Brands.Change brand,
      String signature,
      List<Person> agents,
      List<Group> teams,
      List<Label> tags,
      List<CustomFields.NewField> fields,
      List<Talk> conversations) {}

  record Person(
      String name,
      String email,
      BuiltInRole role,
      @Nullable String title,
      List<String> languages,
      @Nullable Integer expiresInDays) {}

  /**
   * @param members addresses of agents
   */
  record Group(String name, String emoji, String color, List<String> members) {}

  record Label(String name, String color, String description) {}

  /**
   * @param fields values by their keys
   */
  record Buyer(@Nullable String name, String email, Map<String, @Nullable Object> fields) {}

  record Talk(
      Buyer customer,
      String subject,
      Status status,
      @Nullable Double snoozedHours,
      Priority priority,
      List<String> tags,
      Map<String, @Nullable Object> fields,
      @Nullable String assignee,
      @Nullable String team,
      List<Line> messages) {}

  /**
   * @param by customer, agent or note
   * @param html of a customer's mail; of a note, one written now in which {me} is the owner's id
   */
  record Line(
      String by,
      @Nullable String agent,
      double hoursAgo,
      String text,
      @Nullable String html,
      @Nullable MessageKind kind) {}

  /** Loads the shop into the first brand, as it is before its owner has named it. */
  @Transactional
  public void load(long ownerId) {
    Script script = read();
    Brand brand = brands.all().getFirst();
    if (brand.name().equals(FirstBrand.NAME)) {
      brands.change(Actor.SYSTEM, brand.id(), script.brand());
      signatures.setBrand(Actor.SYSTEM, brand.id(), script.signature());
    }
    Map<String, Long> staff = new HashMap<>(Map.of("me", ownerId));
    for (Person person : script.agents()) {
      staff.put(person.email(), join(person));
    }
    Map<String, Long> groups = new HashMap<>();
    for (Group group : script.teams()) {
      List<Long> members =
          group.members().stream().map(staff::get).filter(Objects::nonNull).toList();
      Teams.NewTeam team = new Teams.NewTeam(group.name(), group.color(), group.emoji(), members);
      groups.put(group.name(), teams.create(Actor.SYSTEM, team, true).id());
    }
    script.tags().forEach(tag -> history.tag(tag.name(), tag.color(), tag.description()));
    for (CustomFields.NewField field : script.fields()) {
      fields.create(Actor.SYSTEM, field, true);
    }
    script.conversations().stream()
        .sorted((a, b) ->
            Double.compare(b.messages().getFirst().hoursAgo(), a.messages().getFirst().hoursAgo()))
        .forEach(talk -> talk(brand, talk, staff, groups));
    facts.append(Actor.SYSTEM, new DemoLoaded(brand.id()));
  }

  private long join(Person person) {
    Instant end =
        person.expiresInDays() == null
            ? null
            : clock.instant().plus(Duration.ofDays(person.expiresInDays()));
    Agents.NewAgent invited =
        new Agents.NewAgent(
            person.name(), person.email(), person.role().name(), person.title(), null, null, end);
    long id = agents.create(Actor.SYSTEM, invited, null, true).id();
    agents.change(Actor.SYSTEM, id, new Agents.Change(null, null, null, null, person.languages()));
    return id;
  }

  private void talk(Brand brand, Talk talk, Map<String, Long> staff, Map<String, Long> groups) {
    long id = 0;
    String lastId = null;
    int number = 0;
    for (Line line : talk.messages()) {
      Instant at = clock.instant().minus(ago(line.hoursAgo()));
      if (line.by().equals("customer")) {
        String messageId =
            "demo-"
                + Long.toHexString(talk.subject().hashCode())
                + "-"
                + talk.customer().email()
                + "-"
                + number++;
        Received received =
            conversations
                .receive(List.of(incoming(brand, talk, line, at, messageId, lastId)))
                .getFirst();
        if (received instanceof Received.Taken taken) {
          id = taken.conversationId();
        }
        lastId = messageId;
      } else {
        Direction direction = line.by().equals("note") ? Direction.note : Direction.outbound;
        long agent = Objects.requireNonNull(staff.get(line.agent() == null ? "me" : line.agent()));
        if (line.html() == null) {
          history.add(id, new ConversationHistory.Past(agent, direction, line.text(), at));
        } else {
          // Written just now: it calls the owner, and so is news to them.
          String html = line.html().replace("{me}", String.valueOf(staff.get("me")));
          conversations.note(agent, id, null, html, List.of());
        }
      }
    }
    read(talk, id, staff);
    conversationFields.know(id, talk.fields());
    fields.set(Actor.SYSTEM, history.customerOf(id), talk.customer().fields());
    Instant until =
        talk.status() == Status.snoozed
            ? clock.instant().plus(ago(Objects.requireNonNullElse(talk.snoozedHours(), 24.0)))
            : null;
    history.set(
        id,
        new ConversationHistory.Standing(
            talk.assignee() == null ? null : staff.get(talk.assignee()),
            talk.team() == null ? null : groups.get(talk.team()),
            talk.priority(),
            talk.tags(),
            talk.status(),
            until),
        clock.instant().minus(ago(talk.messages().getLast().hoursAgo())));
  }

  /** Whoever it is assigned to has seen it; the desk's owner finds it unread. */
  private void read(Talk talk, long id, Map<String, Long> staff) {
    String assignee = talk.assignee();
    if (assignee != null && !assignee.equals("me")) {
      Instant last = clock.instant().minus(ago(talk.messages().getLast().hoursAgo()));
      history.read(
          id, Objects.requireNonNull(staff.get(assignee)), last.plus(Duration.ofMinutes(12)));
    }
  }

  private static Duration ago(double hours) {
    return Duration.ofSeconds((long) (hours * 3600));
  }

  private static Incoming incoming(
      Brand brand, Talk talk, Line line, Instant at, String messageId, @Nullable String answers) {
    return new Incoming(
        brand.id(),
        "email",
        line.kind() == null ? MessageKind.message : line.kind(),
        new Correspondent(talk.customer().name(), talk.customer().email()),
        List.of(),
        talk.subject(),
        line.text(),
        null,
        line.html(),
        0,
        List.of(),
        messageId,
        answers == null ? List.of() : List.of(answers),
        null,
        brand.address(),
        messageId,
        null,
        null,
        Assessment.NONE,
        false,
        true,
        at,
        Arrival.live);
  }

  /**
   * Removes everything of the demo shop; whoever asks stays an agent, as an owner of a real one.
   */
  @Transactional
  public void remove(Actor actor) {
    if (!isLoaded()) {
      throw Problem.conflict("There is no demo shop here.");
    }
    customers.removeDemo(history.removeDemo());
    fields.removeDemo();
    teams.removeDemo();
    agents.removeDemo(actor.id());
    Brand brand = brands.all().getFirst();
    if (brand.name().equals(read().brand().name())) {
      brands.change(
          Actor.SYSTEM, brand.id(), new Brands.Change(FirstBrand.NAME, "", "", "#4f46e5", "UTC"));
      signatures.setBrand(Actor.SYSTEM, brand.id(), null);
    }
    facts.append(actor, new DemoRemoved(brand.id()));
  }

  /** Whether it is there. */
  public boolean isLoaded() {
    return customers.hasDemo();
  }

  private Script read() {
    try (InputStream script = new ClassPathResource("demo/shop.json").getInputStream()) {
      return json.readValue(script, Script.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
