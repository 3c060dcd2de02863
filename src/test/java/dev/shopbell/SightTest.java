package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.commerce.DemoTill;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.SightDoor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Two brands side by side: what an agent does not see answers as if it did not exist, at every
 * endpoint, in every list and on the live connection.
 */
class SightTest {
  private static final String NORTH = "hello@north.example";
  private static final String SOUTH = "hello@south.example";
  private static final String EVERYTHING = Inbox.word();

  private static RunningShopbell shopbell;
  private static Inbox inbox;
  private static Api owner;
  private static long north;
  private static long south;
  private static Talk seen;
  private static Talk hidden;

  /** By the segment of a path what stands behind it, of the brand that is hidden. */
  private static Map<String, String> ids;

  /** Everything by which the hidden brand could be told. */
  private static List<String> words;

  /** May do all that an own role can allow, and sees the brand North. */
  private static Colleague.Member northerner;

  private record Talk(long id, long message, long customer, String customerAddress, String word) {}

  @BeforeAll
  static void twoBrands() {
    shopbell = RunningShopbell.start(Map.of());
    inbox = new Inbox(shopbell);
    owner = shopbell.api();
    north = owner.get("/brands").path("items").get(0).path("id").asLong();
    owner.patch("/brands/" + north, Map.of("name", "North"));
    south = owner.post("/brands", Map.of("name", "South" + EVERYTHING)).path("id").asLong();
    owner.post("/mailboxes", Map.of("brandId", north, "address", NORTH));
    JsonNode mailbox = owner.post("/mailboxes", Map.of("brandId", south, "address", SOUTH));
    seen = talk(NORTH);
    hidden = talk(SOUTH);
    String role = role("Everything", Permission.values());
    northerner =
        Colleague.member(
            shopbell,
            Map.of("role", role, "sees", Map.of("brands", List.of(north), "conversations", "all")));
    words = List.of(hidden.word(), hidden.customerAddress(), SOUTH, EVERYTHING, "secret.txt");
    ids = new HashMap<>();
    ids.put("conversations", "" + hidden.id());
    ids.put("messages", "" + hidden.message());
    ids.put("customers", "" + hidden.customer());
    ids.put("brands", "" + south);
    ids.put("signatures", "" + south);
    ids.put("mailboxes", mailbox.path("id").asString());
    ids.put("mail-domains", "south.example");
    ids.put("attachments", "" + attachment(hidden.id()));
    ids.put("mail-accounts", account());
    ids.put(
        "library-files",
        owner
            .post(
                "/library-files",
                Map.of(
                    "brandId",
                    south,
                    "attachmentId",
                    owner.upload("secret.txt", "text/plain", new byte[] {1})))
            .path("id")
            .asString());
    ids.put(
        "trusted-senders",
        owner
            .post("/trusted-senders", Map.of("brandId", south, "sender", hidden.customerAddress()))
            .path("id")
            .asString());
    ids.put(
        "webhooks",
        owner
            .post(
                "/webhooks",
                Map.of("url", "http://127.0.0.1:1/" + EVERYTHING, "brands", List.of(south)))
            .path("webhook")
            .path("id")
            .asString());
    DemoTill till = new DemoTill(shopbell, south);
    long order = till.place(DemoTill.Sample.order(hidden.customerAddress()));
    ids.put("shops", "" + till.shopId);
    ids.put("orders", "" + order);
    ids.put(
        "order-actions",
        till.done(order, Map.of("kind", "note", "text", EVERYTHING)).path("id").asString());
    owner.post("/messages/" + hidden.message() + "/split-case", Map.of("ownText", hidden.word()));
    ids.put("split-cases", owner.get("/split-cases").path("items").get(0).path("id").asString());
  }

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  private static String role(String name, Permission... permissions) {
    return owner
        .post(
            "/roles",
            Map.of(
                "name",
                name,
                "permissions",
                Arrays.stream(permissions).map(Permission::key).toList()))
        .path("id")
        .asString();
  }

  private static Talk talk(String to) {
    String from = Inbox.address("customer");
    String word = Inbox.word();
    inbox.take(Mail.plain(from, to, "About " + word, "The text says " + word));
    JsonNode row = inbox.of(from).getFirst();
    long id = row.path("id").asLong();
    return new Talk(
        id,
        inbox.messages(id).getFirst().path("id").asLong(),
        row.path("customer").path("id").asLong(),
        from,
        word);
  }

  private static long attachment(long conversation) {
    long file = owner.upload("secret.txt", "text/plain", "secret".getBytes(StandardCharsets.UTF_8));
    return inbox
        .reply(conversation, "With a file", "attachments", List.of(file))
        .path("attachments")
        .get(0)
        .path("id")
        .asLong();
  }

  private static String account() {
    return owner
        .post(
            "/mail-accounts",
            Map.of(
                "brandId",
                south,
                "address",
                "imap@south.example",
                "imap",
                Map.of("host", "127.0.0.1", "port", 1, "security", "tls"),
                "auth",
                "password",
                "password",
                "secret",
                "importDays",
                0))
        .path("id")
        .asString();
  }

  /** The endpoints that have an id of this in their path. */
  private static List<Endpoint> at(String segment) {
    return Endpoint.all(shopbell).stream()
        .filter(endpoint -> endpoint.path().contains("/" + segment + "/{"))
        .toList();
  }

  private static Api.Answer call(Browser browser, Endpoint endpoint, String segment, String id) {
    String path =
        endpoint
            .path()
            .replace("/api/v1", "")
            .replaceFirst("/" + segment + "/\\{[^}]+}", "/" + segment + "/" + id)
            .replaceAll("\\{[^}]+}", "1");
    if (endpoint.isMultipart() && endpoint.method().equals("POST")) {
      return browser.sendFile(path, "picture.png", new byte[] {1});
    }
    Object body = Set.of("GET", "DELETE").contains(endpoint.method()) ? null : Map.of();
    return browser.send(endpoint.method(), path, body, true);
  }

  private static String detail(Api.Answer answer) {
    return answer.json().path("detail").asString();
  }

  private static Set<String> guarded() {
    return shopbell.beans(SightDoor.class).stream()
        .flatMap(door -> door.guards().stream())
        .map(SightDoor.Guard::segment)
        .collect(Collectors.toSet());
  }

  @Test
  void nothingOfAnotherBrandAnswersWhateverIsAsked() {
    assertThat(ids.keySet()).as("a hidden one of each kind").containsAll(guarded());
    ids.forEach((segment, id) -> {
      assertThat(at(segment)).as(segment).isNotEmpty();
      for (Endpoint endpoint : at(segment)) {
        Api.Answer answer = call(northerner.browser(), endpoint, segment, id);
        assertThat(answer.status()).as("%s: %s", endpoint, answer.body()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain(hidden.word());
        String absent = segment.equals("mail-domains") ? "absent.example" : "999999999";
        assertThat(detail(answer).replace(" " + id + ".", " " + absent + "."))
            .as("as one that does not exist at %s", endpoint)
            .isEqualTo(detail(call(northerner.browser(), endpoint, segment, absent)));
      }
    });
    assertThat(owner.get("/conversations/" + hidden.id()).path("status").asString())
        .as("and nothing happened to it")
        .isEqualTo("waiting");
  }

  @Test
  void anIdWrittenAnotherWayOpensNothing() {
    String hex = "0x" + Long.toHexString(hidden.id());
    for (String written :
        List.of(hex, "%2B" + hidden.id(), "%20" + hidden.id(), "0" + hidden.id())) {
      Api.Answer answer = northerner.browser().get("/conversations/" + written + "/messages");
      assertThat(answer.status()).as("%s: %s", written, answer.body()).isEqualTo(404);
      assertThat(answer.body()).doesNotContain(hidden.word());
    }
  }

  @Test
  void noListTellsOfAnotherBrand() {
    for (Endpoint endpoint : Endpoint.all(shopbell)) {
      if (endpoint.method().equals("GET") && !endpoint.path().contains("{")) {
        String path = endpoint.path().replace("/api/v1", "");
        // What was asked is said again there.
        List<String> queries =
            path.equals("/search/query")
                ? List.of("")
                : List.of(
                    "", "?brand=" + south, "?q=" + hidden.word(), "?q=from:customer", "?q=brand:s");
        for (String query : queries) {
          String body = northerner.browser().get(path + query).body();
          assertThat(words).as("%s: %s", path + query, body).noneMatch(body::contains);
        }
      }
    }
    assertThat(northerner.browser().get("/conversations?q=" + seen.word()).body())
        .contains(seen.customerAddress());
    assertThat(northerner.browser().get("/conversations?q=%23" + hidden.id()).json().path("items"))
        .isEmpty();
  }

  @Test
  void countersCountWhatIsSeen() {
    JsonNode theirs = northerner.browser().get("/conversations/counters").json();
    JsonNode all = owner.get("/conversations/counters");
    assertThat(theirs.path("unassigned").asLong() + theirs.path("open").asLong())
        .isGreaterThan(0)
        .isLessThanOrEqualTo(all.path("unassigned").asLong() + all.path("open").asLong());
    assertThat(theirs.path("waiting").asLong())
        .as("the answered one is hidden")
        .isLessThan(all.path("waiting").asLong());
  }

  @Test
  void nothingIsMadeInAnotherBrand() {
    Browser browser = northerner.browser();
    long file = browser.upload("a.txt", new byte[] {1});
    Map<String, Object> to = Map.of("address", Inbox.address("new"));
    Map<String, Map<String, Object>> bodies =
        Map.of(
            "/conversations",
            Map.of("brandId", south, "to", to, "subject", "Hello", "text", "Hello"),
            "/library-files",
            Map.of("brandId", south, "attachmentId", file),
            "/trusted-senders",
            Map.of("brandId", south, "sender", Inbox.address("trusted")),
            "/mailboxes",
            Map.of("brandId", south, "address", "more@south.example"));
    bodies.forEach((path, body) -> {
      Api.Answer answer = browser.post(path, body);
      assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(404);
    });
    assertThat(
            browser
                .post(
                    "/library-files",
                    Map.of("brandId", north, "attachmentId", ids.get("attachments")))
                .status())
        .as("a file of the other brand")
        .isEqualTo(404);
    assertThat(browser.post("/brands", Map.of("name", "Third")).status()).isEqualTo(403);
    String path = "/conversations/" + hidden.id() + "/assignee";
    assertThat(owner.send("PUT", path, Map.of("agentId", northerner.id()), Map.of()).status())
        .as("given to somebody who does not see it")
        .isEqualTo(422);
  }

  @Test
  void theLiveConnectionTellsOfWhatIsSeen() {
    String cookie = "shopbell_session=" + northerner.browser().cookie("shopbell_session");
    try (OpenDesk desk = OpenDesk.opening(shopbell, Map.of("Cookie", cookie))) {
      String begin = desk.hello().path("cursor").asString();
      owner.put("/conversations/" + hidden.id() + "/priority", Map.of("priority", "urgent"));
      owner.put("/conversations/" + seen.id() + "/priority", Map.of("priority", "urgent"));
      desk.await("theirs", frame -> frame.path("conversationId").asLong() == seen.id());
      assertThat(desk.frames())
          .noneMatch(frame -> frame.path("conversationId").asLong() == hidden.id());
      try (OpenDesk again = OpenDesk.opening(shopbell, Map.of("Cookie", cookie))) {
        again.hello();
        again.say("{\"type\":\"resume\",\"after\":\"" + begin + "\"}");
        again.await("missed", frame -> frame.path("conversationId").asLong() == seen.id());
        assertThat(again.frames())
            .noneMatch(frame -> frame.path("conversationId").asLong() == hidden.id());
      }
    }
  }

  @Test
  void whoSeesTheirTeamsSeesTheirsTheirOwnAndNoOthers() {
    Colleague.Member agent =
        Colleague.member(
            shopbell, Map.of("role", "agent", "sees", Map.of("conversations", "teams")));
    long team =
        owner
            .post("/teams", Map.of("name", "Returns", "members", List.of(agent.id())))
            .path("id")
            .asLong();
    Talk talk = talk(NORTH);
    List<String> paths =
        List.of(
            "/conversations/" + talk.id(),
            "/conversations/" + talk.id() + "/messages",
            "/messages/" + talk.message() + "/original",
            "/customers/" + talk.customer());
    String cookie = "shopbell_session=" + agent.browser().cookie("shopbell_session");
    try (OpenDesk desk = OpenDesk.opening(shopbell, Map.of("Cookie", cookie))) {
      desk.hello();
      assertThat(paths).allMatch(path -> agent.browser().get(path).status() == 404);
      assertThat(agent.browser().get("/conversations").json().path("items")).isEmpty();
      assertThat(agent.browser().get("/customers").json().path("items")).isEmpty();
      owner.put("/conversations/" + talk.id() + "/assignee", Map.of("teamId", team));
      desk.await("the team's", frame -> frame.path("conversationId").asLong() == talk.id());
      assertThat(paths).allMatch(path -> agent.browser().get(path).status() == 200);
      for (String list : List.of("/conversations", "/conversations?q=" + talk.word())) {
        assertThat(agent.browser().get(list).json().path("items")).as(list).hasSize(1);
      }
      assertThat(agent.browser().get("/customers").json().path("items")).hasSize(1);
      assertThat(agent.browser().get("/conversations/counters").json().path("open").asLong())
          .isEqualTo(1);
      int heard = desk.frames().size();
      owner.put("/conversations/" + talk.id() + "/assignee", Map.of());
      desk.await(
          "that it is theirs no more",
          frame ->
              desk.frames().indexOf(frame) >= heard
                  && frame.path("name").asString("").equals("ConversationTeamAssigned"));
      assertThat(paths).allMatch(path -> agent.browser().get(path).status() == 404);
    }
    owner.put("/conversations/" + talk.id() + "/assignee", Map.of("agentId", agent.id()));
    assertThat(paths).as("their own").allMatch(path -> agent.browser().get(path).status() == 200);
    owner.put("/conversations/" + talk.id() + "/assignee", Map.of());
    owner.patch(
        "/agents/" + agent.id(), Map.of("sees", Map.of("conversations", "teams_and_unassigned")));
    Inbox.soon("what is nobody's")
        .atMost(Duration.ofSeconds(5))
        .until(() -> paths.stream().allMatch(path -> agent.browser().get(path).status() == 200));
  }

  @Test
  void whatSomebodySeesChangesUnderTheirEyes() {
    Colleague.Member agent = Colleague.member(shopbell, Map.of("role", "agent"));
    String cookie = "shopbell_session=" + agent.browser().cookie("shopbell_session");
    try (OpenDesk desk = OpenDesk.opening(shopbell, Map.of("Cookie", cookie))) {
      desk.hello();
      String path = "/conversations/" + hidden.id();
      assertThat(agent.browser().get(path).status()).isEqualTo(200);
      agent.browser().send("PUT", path + "/drafts/reply", Map.of("html", "<p>Begun</p>"), true);
      assertThat(agent.browser().get("/drafts").json().path("items")).hasSize(1);
      owner.patch(
          "/agents/" + agent.id(),
          Map.of("sees", Map.of("brands", List.of(north), "conversations", "all")));
      assertThat(agent.browser().get(path).status()).isEqualTo(404);
      assertThat(agent.browser().get("/drafts").json().path("items")).isEmpty();
      desk.await("to read everything anew", frame -> frame.path("type").asString().equals("reset"));
    }
  }
}
