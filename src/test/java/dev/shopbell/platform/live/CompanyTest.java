package dev.shopbell.platform.live;

import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.OpenDesk;
import dev.shopbell.RunningShopbell;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who else is there, and what they do: told to every desk, kept nowhere. */
class CompanyTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final List<OpenDesk> desks = new ArrayList<>();

  @AfterEach
  void close() {
    desks.forEach(OpenDesk::close);
  }

  private OpenDesk open(RunningShopbell node, Api agent) {
    OpenDesk desk = OpenDesk.of(node, agent.token());
    desks.add(desk);
    return desk;
  }

  private Api colleague() {
    return Colleague.joins(shopbell, "agent");
  }

  private static long idOf(Api agent) {
    return agent.get("/session").path("agent").path("id").asLong();
  }

  /** What the desk was last told that an agent does at a conversation; empty for nothing. */
  private static String doing(OpenDesk desk, long conversation, long agent) {
    for (JsonNode frame : desk.frames().reversed()) {
      if (!frame.path("type").asString("").equals("company")) {
        continue;
      }
      for (JsonNode company : frame.path("conversations")) {
        if (company.path("conversationId").asLong() == conversation) {
          return items(company.path("people")).stream()
              .filter(one -> one.path("agentId").asLong() == agent)
              .map(one -> one.path("doing").asString())
              .findFirst()
              .orElse("");
        }
      }
      if (frame.path("whole").asBoolean()) {
        return "";
      }
    }
    return "";
  }

  private static List<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static void awaitDoing(OpenDesk desk, long conversation, long agent, String wanted) {
    soon("an agent is " + (wanted.isEmpty() ? "gone" : wanted))
        .until(() -> doing(desk, conversation, agent), wanted::equals);
  }

  private static String presence(Api api, long agent) {
    return items(api.get("/agents/presence").path("items")).stream()
        .filter(one -> one.path("agentId").asLong() == agent)
        .map(one -> one.path("presence").asString())
        .findFirst()
        .orElseThrow();
  }

  private static void awaitPresence(Api api, long agent, String wanted) {
    soon(wanted).until(() -> presence(api, agent), wanted::equals);
  }

  @Test
  void saysWhoReadsAndWhoWritesAndThatTheyHaveLeft() {
    Api mia = colleague();
    long miaId = idOf(mia);
    long id = inbox.begin(address("anna"), "For whoever is first");
    OpenDesk owner = open(shopbell, shopbell.api());
    OpenDesk desk = open(shopbell, mia).isAt(id, "reading");
    awaitDoing(owner, id, miaId, "reading");
    desk.isAt(id, "noting");
    awaitDoing(owner, id, miaId, "noting");
    desk.isAt(id, "replying");
    awaitDoing(owner, id, miaId, "replying");

    OpenDesk late = open(shopbell, shopbell.api());
    awaitDoing(late, id, miaId, "replying");
    desk.isHere(false);
    awaitDoing(owner, id, miaId, "");
    desk.isAt(id, "reading");
    awaitDoing(owner, id, miaId, "reading");
    desk.close();
    awaitDoing(owner, id, miaId, "");
  }

  @Test
  void whoeverStopsTypingOnlyReadsAMomentLater() {
    Api mia = colleague();
    long miaId = idOf(mia);
    long id = inbox.begin(address("anna"), "Half an answer");
    OpenDesk owner = open(shopbell, shopbell.api());
    open(shopbell, mia).isAt(id, "replying");
    awaitDoing(owner, id, miaId, "replying");
    awaitDoing(owner, id, miaId, "reading");
  }

  @Test
  void ofTwoDesksOfOneAgentTheOneThatSaysMoreCounts() {
    Api mia = colleague();
    long miaId = idOf(mia);
    long id = inbox.begin(address("anna"), "Two windows");
    OpenDesk owner = open(shopbell, shopbell.api());
    OpenDesk writing = open(shopbell, mia).isAt(id, "replying");
    open(shopbell, mia).isAt(id, "reading");
    awaitDoing(owner, id, miaId, "replying");
    writing.close();
    awaitDoing(owner, id, miaId, "reading");
  }

  @Test
  void nobodyIsAtAConversationThatDoesNotExist() {
    Api mia = colleague();
    long miaId = idOf(mia);
    long id = inbox.begin(address("anna"), "The real one");
    OpenDesk owner = open(shopbell, shopbell.api());
    OpenDesk desk = open(shopbell, mia);
    desk.isAt(Long.MAX_VALUE, "replying");
    desk.isAt(id, "reading");
    awaitDoing(owner, id, miaId, "reading");
    assertThat(owner.frames().toString()).doesNotContain(Long.toString(Long.MAX_VALUE));
  }

  @Test
  void deskThatNeverStopsTalkingIsCut() {
    OpenDesk desk = open(shopbell, colleague());
    soon("cut")
        .until(
            () -> {
              for (int i = 0; i < 20 && desk.closed() == 0; i++) {
                try {
                  desk.isHere(false);
                } catch (java.util.concurrent.CompletionException e) {
                  break;
                }
              }
              return desk.closed();
            },
            closed -> closed == 1008);
  }

  @Test
  void whoIsOnlineIsOneWhoHasADeskOpenAndUsesIt() {
    Api mia = colleague();
    long miaId = idOf(mia);
    OpenDesk owner = open(shopbell, shopbell.api());
    assertThat(presence(shopbell.api(), miaId)).isEqualTo("off");
    OpenDesk desk = open(shopbell, mia).isHere(false);
    awaitPresence(shopbell.api(), miaId, "online");
    desk.isHere(true);
    awaitPresence(shopbell.api(), miaId, "away");
    open(shopbell, mia).isHere(false);
    awaitPresence(shopbell.api(), miaId, "online");
    owner.await(
        "told of it",
        frame ->
            items(frame.path("agents")).stream()
                .anyMatch(one ->
                    one.path("agentId").asLong() == miaId
                        && one.path("presence").asString().equals("online")));
  }

  @Test
  void whatIsChosenCountsUntilItsTime() {
    Api mia = colleague();
    long miaId = idOf(mia);
    open(shopbell, mia).isHere(false);
    awaitPresence(mia, miaId, "online");
    JsonNode chosen = mia.put("/me/presence", Map.of("availability", "off"));
    assertThat(chosen.path("presence").asString()).isEqualTo("off");
    awaitPresence(mia, miaId, "off");
    Instant soon = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS);
    mia.put("/me/presence", Map.of("availability", "away", "until", soon.toString()));
    awaitPresence(mia, miaId, "away");
    awaitPresence(mia, miaId, "online");
    assertThat(Instant.now()).isAfterOrEqualTo(soon);
  }

  @Test
  void timesThatMakeNoSenseAreRefused() {
    Api mia = colleague();
    for (Map<String, ?> wrong :
        List.of(
            Map.of("availability", "away", "until", "2020-01-01T00:00:00Z"),
            Map.of("availability", "away", "until", "2999-01-01T00:00:00Z"),
            Map.of("availability", "online", "until", Instant.now().plusSeconds(60).toString()),
            Map.of("until", Instant.now().plusSeconds(60).toString()))) {
      assertThat(mia.send("PUT", "/me/presence", wrong, Map.of()).status()).isEqualTo(422);
    }
  }

  @Test
  void agentsOfAnotherNodeAreSeenAndGoneSoonAfterIt() {
    Api mia = colleague();
    long miaId = idOf(mia);
    long id = inbox.begin(address("anna"), "Across nodes");
    OpenDesk owner = open(shopbell, shopbell.api());
    RunningShopbell other = shopbell.anotherNode();
    try {
      open(other, mia).isAt(id, "replying");
      awaitDoing(owner, id, miaId, "replying");
      awaitPresence(shopbell.api(), miaId, "online");
      open(shopbell, shopbell.api()).isAt(id, "reading");
      awaitDoing(open(other, mia), id, idOf(shopbell.api()), "reading");
      // As if it were killed: it says no word of its end.
      other.bean(LiveCompany.class).stop();
      awaitDoing(owner, id, miaId, "");
      awaitPresence(shopbell.api(), miaId, "off");
    } finally {
      other.close();
    }
  }
}
