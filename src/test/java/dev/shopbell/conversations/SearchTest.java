package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Finding conversations by their words. The index follows the inbox by a moment. */
class SearchTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  /** A conversation that says this, once it can be found by the unique word in it. */
  private long saying(String text, String unique) {
    String anna = address("anna");
    inbox.take(Mail.plain(anna, SHOP, "About something", text));
    long id = inbox.only(anna);
    soon("indexed").until(() -> found(unique).contains(id));
    return id;
  }

  private static String query(String words) {
    return "/conversations?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
  }

  private List<JsonNode> rows(String words) {
    return api.get(query(words)).path("items").valueStream().toList();
  }

  private List<Long> found(String words) {
    return rows(words).stream().map(row -> row.path("id").asLong()).toList();
  }

  @Test
  void findsAWordWhateverItsCase() {
    String word = word();
    long id = saying("The " + word + " is broken.", word);
    assertThat(found(word.toUpperCase())).containsExactly(id);
    assertThat(found(word())).isEmpty();
  }

  @Test
  void findsWhatBeginsWithTheLastWord() {
    String word = word();
    long id = saying("The " + word + " is broken.", word);
    assertThat(found(word.substring(0, word.length() - 2))).containsExactly(id);
    assertThat(found(word.substring(1))).as("not from its middle").isEmpty();
    assertThat(found(word.substring(0, 8) + " broken"))
        .as("only the last word is a beginning")
        .isEmpty();
    assertThat(found("broken " + word.substring(0, 8))).containsExactly(id);
  }

  @Test
  void findsAPhraseOnlyAsAWhole() {
    String word = word();
    long id = saying("A green " + word + " teapot.", word);
    assertThat(found("\"green " + word + "\"")).containsExactly(id);
    assertThat(found("\"" + word + " green\"")).isEmpty();
    assertThat(found(word + " green")).containsExactly(id);
  }

  @Test
  void allWordsMustBeThere() {
    String word = word();
    long id = saying("A green " + word + " teapot.", word);
    assertThat(found("teapot " + word + " green")).containsExactly(id);
    assertThat(found(word + " " + word())).isEmpty();
  }

  @Test
  void accentsCountForNothingOnEitherSide() {
    String word = word();
    long id = saying("Größe für Zoë Müller-Ångström " + word, word);
    assertThat(found("muller " + word)).containsExactly(id);
    assertThat(found("MÜLLER zoe " + word)).containsExactly(id);
    assertThat(found("grosse angstrom " + word)).containsExactly(id);
    assertThat(found("Größe " + word)).containsExactly(id);
  }

  @Test
  void findsByAddressAndByItsPieces() {
    String local = word();
    String anna = local + ".smith@" + word() + ".example";
    inbox.take(Mail.plain("Anna Smith <" + anna + ">", SHOP, "Hello", "Hello"));
    soon("indexed").until(() -> !found(anna).isEmpty());
    assertThat(found(anna)).containsExactly(inbox.only(anna));
    assertThat(found(anna.toUpperCase())).containsExactly(inbox.only(anna));
    assertThat(found(local)).containsExactly(inbox.only(anna));
    assertThat(found(local + " smith")).containsExactly(inbox.only(anna));
  }

  @Test
  void findsBySubjectAndByFileName() {
    String subject = word();
    String file = word();
    String anna = address("anna");
    String raw =
        "From: %s\r\nSubject: %s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; name=%s.txt\r\nContent-Disposition: attachment; filename=%s.txt\r\n\r\nx\r\n"
            .formatted(anna, subject, file, file);
    inbox.take(new Mail(anna, List.of(SHOP), raw));
    soon("indexed").until(() -> !found(subject).isEmpty());
    assertThat(found(subject)).containsExactly(inbox.only(anna));
    assertThat(found(file)).containsExactly(inbox.only(anna));
  }

  @Test
  void findsAConversationByItsNumber() {
    long id = inbox.begin(address("anna"), "Numbered");
    assertThat(found("#" + id).getFirst()).isEqualTo(id);
    assertThat(found(Long.toString(id)).getFirst()).isEqualTo(id);
    assertThat(found("#999999999999")).isEmpty();
  }

  @Test
  void findsOurAnswersAndNotes() {
    long id = inbox.begin(address("anna"), "Numbered");
    String answer = word();
    String note = word();
    inbox.reply(id, "It is " + answer);
    api.post("/conversations/" + id + "/notes", Map.of("text", "Really " + note));
    soon("answer").until(() -> found(answer).equals(List.of(id)));
    soon("note").until(() -> found(note).equals(List.of(id)));
  }

  @Test
  void aConversationIsFoundOnceHoweverOftenItSaysSo() {
    String word = word();
    long id = saying("A " + word, word);
    api.post("/conversations/" + id + "/notes", Map.of("text", word + " " + word));
    String second = word();
    api.post("/conversations/" + id + "/notes", Map.of("text", second + " " + word));
    soon("indexed").until(() -> !found(second).isEmpty());
    assertThat(found(word)).containsExactly(id);
  }

  @Test
  void pagesHoldEverythingOnceNewestFirst() {
    String word = word();
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.addFirst(saying("Page " + i + " of " + word, word));
    }
    api.post("/conversations/" + made.getLast() + "/notes", Map.of("text", "x"));
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = api.get(query(word) + "&limit=3" + cursor);
      page.path("items").forEach(row -> seen.add(row.path("id").asLong()));
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
      pages++;
    } while (!cursor.isEmpty());
    assertThat(seen).isEqualTo(made);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void marksExactlyWhatWasFound() {
    String word = word();
    long id =
        saying(
            "🫖 ".repeat(60)
                + "Die Größe der Größe: "
                + word
                + "ende ist für Zoë.\n"
                + "und so weiter ".repeat(60),
            word);
    JsonNode match = rows("grosse " + word).getFirst().path("match");
    assertThat(rows("grosse " + word).getFirst().path("id").asLong()).isEqualTo(id);
    String text = match.path("text").asString();
    List<String> marked = new ArrayList<>();
    for (JsonNode mark : match.path("marks")) {
      marked.add(text.substring(mark.get(0).asInt(), mark.get(1).asInt()));
    }
    assertThat(marked).containsExactly("Größe", "Größe", word + "ende");
    assertThat(text.length()).isLessThanOrEqualTo(240);
  }

  @Test
  void filtersHoldForWhatIsFoundToo() {
    String word = word();
    long open = saying("Open " + word, word);
    long waiting = saying("Waiting " + word, word);
    long spam = saying("Spam " + word, word);
    inbox.setStatus(waiting, "waiting");
    inbox.setStatus(spam, "spam");
    assertThat(found(word)).containsExactly(waiting, open);
    assertThat(ids(query(word) + "&view=open")).containsExactly(open);
    assertThat(ids(query(word) + "&view=waiting")).containsExactly(waiting);
    assertThat(ids(query(word) + "&view=spam")).containsExactly(spam);
    assertThat(ids(query(word) + "&assignee=me")).isEmpty();
    assertThat(ids(query("#" + open) + "&view=waiting")).doesNotContain(open);
  }

  private List<Long> ids(String path) {
    return api.all(path).stream().map(row -> row.path("id").asLong()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'",
        "\"",
        "\\",
        "a\\",
        "a'b",
        ":*",
        "a:*",
        "a & !b |",
        "(",
        "%",
        "<->",
        "\"\"",
        "\"a",
        "🫖",
        "\u0000",
        "a\u0000b",
        "#",
        "-",
        "''''",
        "\\'x"
      })
  void noSignOfTheQueryBreaksTheSearch(String words) {
    assertThat(api.send("GET", query(words), null, Map.of()).status()).isEqualTo(200);
  }

  @Test
  void veryLongQueryIsAnswered() {
    assertThat(api.send("GET", query("wort ".repeat(1_000)), null, Map.of()).status())
        .isEqualTo(200);
  }
}
