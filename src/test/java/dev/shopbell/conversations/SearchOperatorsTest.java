package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Searching with operators. Every test searches among conversations that bear a word of its own.
 */
class SearchOperatorsTest {
  private static final String ZONE = "&zone=Europe/Berlin";

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  /** Four conversations that all say the word. */
  private record World(
      String mark, String tag, long open, long resolved, long withFile, long spam, Set<Long> all) {}

  private static final class Filled {
    static final World WORLD = fill(RunningShopbell.shared());
  }

  private static World fill(RunningShopbell shopbell) {
    Inbox inbox = new Inbox(shopbell);
    Api api = shopbell.api();
    String mark = word();
    String tag = "Big order " + mark;
    long open = begin(inbox, "Änne Größe", "aenne", "The teapot " + mark, "A green teapot");
    long resolved = begin(inbox, "Bo", "bo", "The cup", "A blue cup " + mark);
    String cara = address("cara");
    inbox.take(
        new Mail(
            cara,
            List.of(SHOP),
            """
            From: Cara <%s>\r
            To: hello@shop.example\r
            Subject: An invoice\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed; boundary=b\r
            \r
            --b\r
            Content-Type: text/plain\r
            \r
            As attached %s\r
            --b\r
            Content-Type: text/plain; name=Rechnung-4711.txt\r
            Content-Disposition: attachment; filename=Rechnung-4711.txt\r
            \r
            x\r
            --b--\r
            """
                .formatted(cara, mark)));
    long withFile = inbox.only(cara);
    long spam = begin(inbox, "Dora", "dora", "The plate", "A plate " + mark);
    api.put("/conversations/" + open + "/tags", Map.of("tags", List.of(tag)));
    long me = api.get("/session").path("agent").path("id").asLong();
    api.put("/conversations/" + open + "/assignee", Map.of("agentId", me));
    api.post("/conversations/" + open + "/notes", Map.of("text", "Noted " + mark));
    api.put("/conversations/" + open + "/priority", Map.of("priority", "urgent"));
    inbox.setStatus(resolved, "resolved");
    inbox.setStatus(spam, "spam");
    World world =
        new World(mark, tag, open, resolved, withFile, spam, Set.of(open, resolved, withFile));
    soon("indexed")
        .until(
            () -> found(api, mark).equals(world.all()) && !found(api, mark + " noted").isEmpty());
    return world;
  }

  private static long begin(Inbox inbox, String name, String local, String subject, String text) {
    String from = address(local);
    inbox.take(Mail.plain("\"" + name + "\" <" + from + ">", SHOP, subject, text));
    return inbox.only(from);
  }

  private static String encoded(String words) {
    return URLEncoder.encode(words, StandardCharsets.UTF_8);
  }

  private static Set<Long> found(Api api, String words) {
    Set<Long> ids = new TreeSet<>();
    api.all("/conversations?q=" + encoded(words) + ZONE)
        .forEach(row -> ids.add(row.path("id").asLong()));
    return ids;
  }

  private Set<String> foundIn(String query) {
    World world = Filled.WORLD;
    Set<String> names = new TreeSet<>();
    for (long id : found(api, query.replace("MARK", world.mark()))) {
      names.add(
          id == world.open()
              ? "open"
              : id == world.resolved()
                  ? "resolved"
                  : id == world.withFile() ? "file" : id == world.spam() ? "spam" : "other " + id);
    }
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "MARK                          | file open resolved",
        "MARK is:open                  | file open",
        "MARK -is:open                 | resolved",
        "MARK is:open is:resolved      | file open resolved",
        "MARK is:spam                  | spam",
        "MARK is:mine                  | open",
        "MARK assignee:me              | open",
        "MARK assignee:none is:open    | file",
        "MARK is:unassigned -is:open   | resolved",
        "MARK tag:\"big order MARK\"   | open",
        "MARK -tag:\"Big Order MARK\"  | file resolved",
        "MARK tag:MARK                 | open",
        "MARK tag:unknown              | ",
        "MARK -tag:unknown             | file open resolved",
        "MARK from:grosse              | open",
        "MARK from:\"änne gro\"        | open",
        "MARK from:bo                  | resolved",
        "MARK -from:bo                 | file open",
        "MARK from:MARK                | ",
        "MARK to:hello                 | file open resolved",
        "MARK to:bo                    | ",
        "MARK subject:teapot           | open",
        "MARK subject:cup              | resolved",
        "subject:MARK                  | open",
        "MARK -subject:teapot          | file resolved",
        "MARK has:attachment           | file",
        "MARK -has:attachment          | open resolved",
        "MARK has:note                 | open",
        "MARK -has:note is:open        | file",
        "MARK has:reply                | ",
        "MARK filename:rechnung        | file",
        "MARK attachment:4711          | file",
        "MARK file:MARK                | ",
        "MARK -filename:rechnung       | open resolved",
        "MARK priority:urgent          | open",
        "MARK priority:urgent priority:normal | file open resolved",
        "MARK channel:email            | file open resolved",
        "MARK channel:chat             | ",
        "MARK customer:\"Anne Grosse\" | open",
        "MARK after:today              | file open resolved",
        "MARK on:today                 | file open resolved",
        "MARK before:today             | ",
        "MARK -before:today            | file open resolved",
        "MARK newer:2h                 | file open resolved",
        "MARK older:7d                 | ",
        "MARK -older:1w                | file open resolved",
        "MARK after:1.2.2020           | file open resolved",
        "MARK before:2020-02           | ",
        "MARK on:2020                  | ",
        "MARK before:whenever          | ",
        "MARK is:purple                | ",
        "MARK is:                      | file open resolved",
        "MARK -teapot                  | file resolved",
        "MARK -\"green teapot\" is:open | file",
        "-teapot MARK is:open          | file",
        "\"blue cup\" MARK             | resolved",
        "tag:\"Big order MARK\"        | open",
        "tag:MARK is:resolved          | ",
      })
  void operatorsNarrowWhatIsFound(String query, String expected) {
    assertThat(foundIn(query))
        .as(query)
        .containsExactlyElementsOf(
            expected == null ? List.of() : new TreeSet<>(List.of(expected.split(" "))));
  }

  @Test
  void aNumberIsFoundExactly() {
    World world = Filled.WORLD;
    assertThat(found(api, "number:" + world.open())).containsExactly(world.open());
    assertThat(found(api, "number:#" + world.open() + " is:resolved")).isEmpty();
    String anna = address("anna");
    String number = Long.toString(System.nanoTime());
    inbox.take(Mail.plain(anna, SHOP, "Order SB-" + number, "Bestellung Nr." + number + "7"));
    long id = inbox.only(anna);
    soon("indexed").until(() -> found(api, number).contains(id));
    assertThat(found(api, "#" + number)).containsExactly(id);
    assertThat(found(api, "SB-" + number)).containsExactly(id);
    assertThat(found(api, number.substring(0, 9))).doesNotContain(id);
  }

  @Test
  void whatIsCalledSomethingElseNowIsFoundByThat() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Before");
    String subject = word();
    String name = word();
    api.put("/conversations/" + id + "/subject", Map.of("subject", "Now " + subject));
    long customer = inbox.conversation(id).path("customer").path("id").asLong();
    api.patch("/customers/" + customer, Map.of("name", "Anna " + name));
    soon("both").until(() -> found(api, subject + " " + name).equals(Set.of(id)));
    assertThat(found(api, "subject:" + subject)).containsExactly(id);
  }

  @Test
  void whatIsFoundByAFileShowsItsName() {
    JsonNode match =
        api.get("/conversations?q=" + encoded("4711 " + Filled.WORLD.mark()))
            .path("items")
            .get(0)
            .path("match");
    assertThat(match.path("messageId").asLong()).isPositive();
    JsonNode named =
        api.get("/conversations?q=" + encoded("filename:rechnung " + Filled.WORLD.mark()))
            .path("items")
            .get(0)
            .path("match");
    assertThat(named.path("file").asBoolean()).isTrue();
    assertThat(named.path("text").asString()).isEqualTo("Rechnung-4711.txt");
    assertThat(named.path("marks").get(0).get(1).asInt()).isEqualTo("Rechnung".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from:'",
        "from:\\",
        "tag:\"",
        "filename:a'b\\",
        "to::*",
        "is:'",
        "from:\u0000x",
        "before:9999-99-99",
        "older:9999y",
        "subject:%",
        "customer:'",
        "customer:(",
        "number:99999999999999999999",
        "-from:&|!",
        "has:"
      })
  void noValueOfAnOperatorBreaksTheSearch(String query) {
    for (String path : List.of("/conversations", "/search/query", "/search/suggestions")) {
      assertThat(api.send("GET", path + "?q=" + encoded(query), null, Map.of()).status())
          .as(path)
          .isEqualTo(200);
    }
  }

  @Test
  void aSearchIsTheSameAsAView() {
    World world = Filled.WORLD;
    JsonNode meaning =
        api.get(
            "/search/query?q="
                + encoded("green from:grosse -cup is:open tag:" + world.mark() + " newer:7d")
                + ZONE);
    assertThat(meaning.path("unknown")).isEmpty();
    long view =
        api.post(
                "/views",
                Map.of("name", "Kept " + world.mark(), "conditions", meaning.path("conditions")))
            .path("id")
            .asLong();
    assertThat(api.all("/conversations?view=" + view))
        .extracting(row -> row.path("id").asLong())
        .containsExactly(world.open());
    api.delete("/views/" + view);
  }

  @Test
  void whatNamesNothingIsTold() {
    JsonNode unknown =
        api.get("/search/query?q=" + encoded("tag:nosuch tea is:purple before:someday"))
            .path("unknown");
    assertThat(
            unknown
                .valueStream()
                .map(one -> one.path("operator").asString() + ":" + one.path("value").asString()))
        .containsExactly("tag:nosuch", "is:purple", "before:someday");
  }

  @Test
  void daysAreCountedWhereTheAgentIs() {
    String day = LocalDate.now(ZoneId.of("Pacific/Kiritimati")).plusDays(1).toString();
    JsonNode meaning =
        api.get("/search/query?q=" + encoded("before:" + day) + "&zone=Pacific/Kiritimati");
    assertThat(meaning.path("conditions").get(0).path("values").get(0).asString())
        .endsWith("T10:00:00Z");
    assertThat(api.send("GET", "/search/query?q=a&zone=Nowhere", null, Map.of()).status())
        .isEqualTo(422);
  }

  private List<String> suggested(Api of, String typed) {
    return of.get("/search/suggestions?q=" + encoded(typed))
        .path("items")
        .valueStream()
        .map(one -> one.path("text").asString())
        .toList();
  }

  @Test
  void whatIsBeingTypedIsCompleted() {
    World world = Filled.WORLD;
    assertThat(suggested(api, "tea fr")).first().isEqualTo("from:");
    assertThat(suggested(api, "is:un")).startsWith("is:unread", "is:unassigned", "is:unanswered");
    assertThat(suggested(api, "tea -is:sn")).containsExactly("-is:snoozed");
    assertThat(suggested(api, "tag:" + world.mark()))
        .containsExactly("tag:\"" + world.tag() + "\"");
    assertThat(suggested(api, world.mark())).contains("tag:\"" + world.tag() + "\"");
    assertThat(suggested(api, "tag:\"" + world.tag().substring(0, 14)))
        .contains("tag:\"" + world.tag() + "\"");
    String address = inbox.conversation(world.open()).path("customer").path("address").asString();
    assertThat(suggested(api, "from:" + address.substring(0, 16)))
        .containsExactly("from:" + address);
    assertThat(suggested(api, address.substring(0, 16))).contains("customer:" + address);
    assertThat(suggested(api, "")).hasSizeLessThanOrEqualTo(10).contains("is:", "from:");
  }

  @Test
  void nobodyIsSuggestedACustomerWhomTheyDoNotSee() {
    World world = Filled.WORLD;
    String address = inbox.conversation(world.open()).path("customer").path("address").asString();
    Api narrow =
        Colleague.member(
                shopbell,
                Map.of("role", "agent", "sees", Map.of("conversations", "teams_and_unassigned")))
            .byToken(shopbell, "conversations:read");
    assertThat(suggested(narrow, "from:" + address)).isEmpty();
    assertThat(found(narrow, world.mark() + " is:open")).containsExactly(world.withFile());
    assertThat(found(narrow, "customer:" + address)).isEmpty();
    assertThat(found(narrow, "number:" + world.open())).isEmpty();
  }

  @Test
  void theLastTwentySearchesAreKeptForWhoMadeThem() {
    Api mine = Colleague.joins(shopbell, "agent");
    Api other = Colleague.joins(shopbell, "agent");
    for (int i = 0; i < 23; i++) {
      mine.put("/search/recent", Map.of("q", "search " + i));
    }
    mine.put("/search/recent", Map.of("q", "search 9"));
    List<String> recent = recent(mine);
    assertThat(recent).hasSize(20).startsWith("search 9", "search 22").doesNotContain("search 2");
    assertThat(suggested(mine, "")).startsWith("search 9");
    assertThat(suggested(mine, "search 1")).startsWith("search 19", "search 18");
    assertThat(recent(other)).isEmpty();
    mine.delete("/search/recent?q=" + encoded("search 9"));
    assertThat(recent(mine)).startsWith("search 22").hasSize(19);
    mine.delete("/search/recent");
    assertThat(recent(mine)).isEmpty();
    assertThat(mine.send("PUT", "/search/recent", Map.of("q", " "), Map.of()).status())
        .isEqualTo(422);
  }

  private static List<String> recent(Api of) {
    return of.get("/search/recent").path("items").valueStream().map(JsonNode::asString).toList();
  }
}
