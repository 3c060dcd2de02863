package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of answers while the server that carries them on has trouble: each leaves once, or
 * is seen not to have left, and nobody has to do anything once the trouble is over.
 */
@ResourceLock(ShopbellWithClock.ALONE)
class RelayTroubleTest {
  private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(<[^>]+>)");

  private static final ScriptedRelay relay = ShopbellWithClock.RELAY;
  private static final Inbox inbox = new Inbox(ShopbellWithClock.SHOPBELL);

  @BeforeEach
  void wellAgain() {
    relay.greetsWith("220 scripted.example");
    relay.saysToRecipients("250 Fine");
    relay.saysToMails("250 2.0.0 Taken");
    relay.hangsUp(ScriptedRelay.Hanging.never);
    relay.thinksFor(Duration.ZERO);
  }

  private record Answer(String customer, long conversation, long message) {
    static Answer written() {
      String customer = address("anna");
      long id = inbox.begin(customer, "Green teapot");
      return new Answer(customer, id, inbox.reply(id, "It left yesterday.").path("id").asLong());
    }

    JsonNode delivery() {
      return inbox.messages(conversation).getLast().path("delivery");
    }

    JsonNode awaits(String state) {
      return inbox.awaitDelivery(conversation, message, state).path("delivery");
    }

    /** As often as its attempts, where each is one minute and more after the last. */
    void awaitsAttempt(int attempt) {
      soon("attempt " + attempt)
          .until(() ->
              delivery().path("attempts").asInt() == attempt
                  && delivery().path("state").asString().equals("deferred"));
    }

    List<String> taken() {
      return relay.taken().stream().filter(mail -> mail.contains(customer)).toList();
    }
  }

  @Test
  void refusedForAnHourAnAnswerLeavesByItselfOnce() {
    relay.saysToRecipients("450 4.3.2 Not now");
    Answer answer = Answer.written();
    int attempt = 1;
    answer.awaitsAttempt(attempt);
    for (int minutes : List.of(1, 5, 15, 30)) {
      ShopbellWithClock.step(Duration.ofMinutes(minutes).plusSeconds(1));
      answer.awaitsAttempt(++attempt);
      assertThat(answer.delivery().path("detail").asString()).contains("Not now");
    }
    relay.saysToRecipients("250 Fine");
    ShopbellWithClock.step(Duration.ofHours(1).plusSeconds(1));
    answer.awaits("sent");
    assertThat(answer.taken()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedRelay.Hanging.class,
      names = {"beforeTheMail", "withinTheMail"})
  void aServerThatHangsUpBeforeItHasTheMailGetsItOnce(ScriptedRelay.Hanging when) {
    relay.hangsUp(when);
    Answer answer = Answer.written();
    answer.awaitsAttempt(1);
    assertThat(answer.delivery().path("detail").asString()).contains(relay.url());
    relay.hangsUp(ScriptedRelay.Hanging.never);
    ShopbellWithClock.step(Duration.ofSeconds(61));
    assertThat(answer.awaits("sent").path("attempts").asInt()).isEqualTo(2);
    assertThat(answer.taken()).hasSize(1);
  }

  /** Which SMTP cannot tell from one that was lost, see docs/owners/data-and-safety.md. */
  @Test
  void aMailWhoseReceiptWasLostIsSentAgainAsTheSameMail() {
    relay.hangsUp(ScriptedRelay.Hanging.afterTheMail);
    Answer answer = Answer.written();
    answer.awaitsAttempt(1);
    assertThat(answer.taken()).hasSize(1);
    relay.hangsUp(ScriptedRelay.Hanging.never);
    ShopbellWithClock.step(Duration.ofSeconds(61));
    answer.awaits("sent");
    assertThat(answer.taken()).hasSize(2).extracting(RelayTroubleTest::id).doesNotContainNull();
    assertThat(answer.taken().stream().map(RelayTroubleTest::id).distinct()).hasSize(1);
  }

  private static String id(String mail) {
    Matcher found = MESSAGE_ID.matcher(mail);
    return found.find() ? found.group(1) : null;
  }

  @Test
  void aSlowServerIsWaitedFor() {
    relay.thinksFor(Duration.ofMillis(400));
    Answer answer = Answer.written();
    assertThat(answer.awaits("sent").path("attempts").asInt()).isEqualTo(1);
    assertThat(answer.taken()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"What is this?, 250 Taken", "'', 250 Taken", "220 Fine, Whatever", "220 Fine, 200"})
  void oddWordsLoseNothing(String greeting, String afterwards) {
    relay.greetsWith(greeting);
    relay.saysToMails(afterwards);
    Answer answer = Answer.written();
    soon("tried")
        .until(() ->
            List.of("deferred", "sent", "failed")
                .contains(answer.delivery().path("state").asString()));
    if (answer.delivery().path("state").asString().equals("deferred")) {
      wellAgain();
      ShopbellWithClock.step(Duration.ofSeconds(61));
    }
    answer.awaits("sent");
    assertThat(answer.taken()).isNotEmpty();
  }
}
