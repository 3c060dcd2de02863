package dev.shopbell.customers;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.messageId;
import static dev.shopbell.Inbox.soon;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import dev.shopbell.commerce.DemoTill;
import dev.shopbell.platform.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** All that is kept of a person is given out, and gone once they are erased. */
class PersonalDataTest {
  /** Mail above 256 kB is kept as a file. */
  private static final String LONG = "A line that makes the mail large.\n".repeat(9_000);

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api api = shopbell.api();
  private final Inbox inbox = new Inbox(shopbell);
  private final JdbcClient jdbc = shopbell.bean(JdbcClient.class);
  private final Path data = shopbell.bean(Settings.class).data().resolve("files");

  private static Mail withFile(
      String from, String subject, String text, Map<String, String> files) {
    StringBuilder raw =
        new StringBuilder(
            """
            From: %s
            To: %s
            Subject: %s
            Message-ID: <%s>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=cut

            --cut
            Content-Type: text/html

            <p>%s</p><img src="https://pictures.example/%s.png" width="90" height="90">
            """
                .formatted(from, SHOP, subject, messageId(), text, word()));
    new TreeMap<>(files)
        .forEach((name, content) ->
            raw.append(
                """
                --cut
                Content-Type: text/plain
                Content-Disposition: attachment; filename="%s"

                %s
                """
                    .formatted(name, content)));
    raw.append("--cut--\n");
    return new Mail(
        from.replaceAll(".*<(.*)>", "$1"), List.of(SHOP), raw.toString().replace("\n", "\r\n"));
  }

  private long customer(long conversation) {
    return inbox.conversation(conversation).path("customer").path("id").asLong();
  }

  /** Somebody of whom every room keeps something, by words that stand nowhere else. */
  private final class Somebody {
    final String address = address("anna");
    final String former = address("anna.former");
    final String name = "Anna " + word();
    final String subject = word();
    final String text = word();
    final String file = word();
    final String fileName = word();
    final String large = word();
    final String reply = word();
    final String note = word();
    final String draft = word();
    final String field = word();
    final String elsewhere = word();
    final String orderNote = word();
    final String delivery = word();
    final long conversation;
    final long customer;

    Somebody(String sharedContent) {
      inbox.take(
          withFile(
              name + " <" + address + ">",
              subject,
              text,
              Map.of(fileName + ".txt", file, "shared.txt", sharedContent)),
          Mail.plain(former, SHOP, "Large", large + "\n" + LONG));
      conversation = inbox.only(address);
      customer = customer(conversation);
      api.post(
          "/customers/" + customer + "/merges", Map.of("customerId", customer(inbox.only(former))));
      inbox.answer(conversation, reply);
      api.post("/conversations/" + conversation + "/notes", Map.of("text", note));
      api.put(
          "/conversations/" + conversation + "/drafts/reply",
          Map.of("html", "<p>" + draft + "</p>"));
      String key =
          api.post("/fields", Map.of("subject", "customer", "kind", "text", "name", word()))
              .path("key")
              .asString();
      api.patch("/customers/" + customer + "/fields", Map.of("fields", Map.of(key, field)));
      long brand = inbox.conversation(conversation).path("brandId").asLong();
      api.post("/trusted-senders", Map.of("brandId", brand, "sender", address));
      api.put("/search/recent", Map.of("q", "from:" + address));
      DemoTill till = new DemoTill(shopbell);
      long order = till.place(DemoTill.Sample.order(address));
      till.done(order, Map.of("kind", "note", "text", orderNote));
      till.done(
          order,
          Map.of(
              "kind",
              "change_address",
              "address",
              Map.of("name", name, "line1", delivery, "city", "Aarhus", "country", "DK")));
    }

    List<String> words() {
      return List.of(
          address, former, name, subject, text, file, fileName, large, reply, note, draft, field,
          elsewhere, orderNote, delivery);
    }
  }

  /** Where any of the words stand: in whichever table, or in a stored file. */
  private TreeSet<String> traces(List<String> words) {
    String[] patterns =
        words.stream().map(one -> "%" + one.toLowerCase(Locale.ROOT) + "%").toArray(String[]::new);
    TreeSet<String> found = new TreeSet<>();
    List<String> tables =
        jdbc.sql(
                "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")
            .query(String.class)
            .list();
    assertThat(tables).hasSizeGreaterThan(50);
    for (String table : tables) {
      List<String> bytes =
          jdbc.sql(
                  "select column_name from information_schema.columns where table_schema = 'public' and table_name = ? and data_type = 'bytea'")
              .param(table)
              .query(String.class)
              .list();
      StringBuilder row = new StringBuilder("lower(one::text)");
      bytes.forEach(
          column -> row.append(" || lower(coalesce(encode(\"" + column + "\", 'escape'), ''))"));
      boolean stands =
          jdbc.sql(
                  "select exists (select from \"%s\" as one where %s like any(?))"
                      .formatted(table, row))
              .param(patterns)
              .query(Boolean.class)
              .single();
      if (stands) {
        found.add(table);
      }
    }
    for (Path file : files()) {
      String content = content(file);
      if (words.stream().anyMatch(content::contains)) {
        found.add("files");
      }
    }
    return found;
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      // One went while we looked.
      return files();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody is about to need what was stored just now. */
  private void settleFiles() {
    for (Path file : files()) {
      try {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3_600)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Map<String, String> export(long customer) {
    Map<String, String> entries = new TreeMap<>();
    byte[] zip = api.download("/customers/" + customer + "/export").body();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private void erase(Somebody one) {
    JsonNode begun =
        api.post("/customers/" + one.customer + "/erasure", Map.of("confirmation", one.address));
    assertThat(begun.path("searches").toString()).contains(one.address, one.name);
    assertThat(status("/customers/" + one.customer)).isEqualTo(404);
  }

  private int status(String path) {
    return api.send("GET", path, null, Map.of()).status();
  }

  @Test
  void exportIsCompleteAndNothingIsFoundAfterErasure() {
    String sharedContent = word();
    Somebody anna = new Somebody(sharedContent);
    String ben = address("ben");
    String bensWord = word();
    inbox.take(withFile(ben, "Ben asks", bensWord, Map.of("shared.txt", sharedContent)));
    long bens = inbox.only(ben);
    // Anna stands in Ben's conversation: as a recipient, and as who answers there.
    String sent =
        inbox
            .reply(bens, "To both", "cc", List.of(Map.of("address", anna.address)))
            .path("id")
            .asString();
    inbox.awaitDelivery(bens, Long.parseLong(sent), "sent");
    String ours = Inbox.id(inbox.sentTo(ben).getLast());
    inbox.take(
        Mail.with(
            anna.address, SHOP, "Re: Ben asks", anna.elsewhere, bears(messageId()), answers(ours)));
    soon("the search").until(() -> traces(List.of(anna.elsewhere)).contains("message_search"));
    assertThat(inbox.messages(bens)).extracting(Inbox::text).contains(anna.elsewhere);

    for (String one : anna.words()) {
      assertThat(traces(List.of(one))).as(one).isNotEmpty();
    }
    Map<String, String> export = export(anna.customer);
    String all = String.join("\n", export.keySet()) + String.join("\n", export.values());
    assertThat(anna.words()).allSatisfy(one -> assertThat(all).contains(one));
    assertThat(all).doesNotContain(bensWord);
    assertThat(export.keySet()).allMatch(name -> name.matches("[\\w./-]+") && !name.contains(".."));

    settleFiles();
    erase(anna);
    soon("nothing of her").until(() -> traces(anna.words()), TreeSet::isEmpty);
    assertThat(status("/conversations/" + anna.conversation)).isEqualTo(404);

    assertThat(inbox.messages(bens).getFirst().toString()).contains(bensWord, ben);
    assertThat(inbox.messages(bens)).extracting(Inbox::text).contains("To both", "(erased)");
    JsonNode file = inbox.messages(bens).getFirst().path("attachments").get(0);
    assertThat(
            new String(api.download(file.path("url").asString()).body(), StandardCharsets.UTF_8)
                .strip())
        .isEqualTo(sharedContent);
    assertThat(traces(List.of(bensWord))).contains("message", "message_search", "stored_mail");
    assertThat(facts()).contains("PersonExported", "ErasureRequested", "PersonErased");
  }

  private List<String> facts() {
    List<String> names = new ArrayList<>();
    api.get("/audit?limit=200")
        .path("items")
        .forEach(one -> names.add(one.path("name").asString()));
    return names;
  }

  @Test
  void whoWritesAgainIsSomebodyNew() {
    String address = address("back");
    String id = messageId();
    long before = inbox.begin(address, "The first time", bears(id));
    long customer = customer(before);
    api.post(
        "/customers/" + customer + "/erasure",
        Map.of("confirmation", address.toUpperCase(Locale.ROOT)));
    soon("erased").until(() -> status("/conversations/" + before) == 404);
    inbox.take(
        Mail.with(address, SHOP, "Re: The first time", "Again", bears(messageId()), answers(id)));
    long after = inbox.only(address);
    assertThat(after).isNotEqualTo(before);
    assertThat(customer(after)).isNotEqualTo(customer);
    assertThat(inbox.messages(after)).hasSize(1);
  }

  @Test
  void nobodyIsErasedByMistakeOrByWhoDoesNotSeeAll() {
    String address = address("stays");
    long conversation = inbox.begin(address, "Stay");
    long customer = customer(conversation);
    String path = "/customers/" + customer + "/erasure";
    assertThat(api.send("POST", path, Map.of("confirmation", "somebody else"), Map.of()).status())
        .isEqualTo(422);
    String role =
        api.post(
                "/roles",
                Map.of(
                    "name",
                    word(),
                    "permissions",
                    List.of("conversations:read", "customers:erase")))
            .path("id")
            .asString();
    Colleague.Member partly =
        Colleague.member(
            shopbell,
            Map.of("role", role, "sees", Map.of("conversations", "teams_and_unassigned")));
    assertThat(partly.browser().get("/customers/" + customer).status()).isEqualTo(200);
    assertThat(partly.browser().post(path, Map.of("confirmation", address)).status())
        .isEqualTo(403);
    assertThat(partly.browser().get("/customers/" + customer + "/export").status()).isEqualTo(403);
    assertThat(status("/customers/" + customer)).isEqualTo(200);
    assertThat(inbox.messages(conversation)).hasSize(1);
  }

  @Test
  void addressThatWasMadeACustomerOfItsOwnKeepsItsMail() {
    String home = address("home");
    String work = address("work");
    long first = inbox.begin(home, "From home");
    long second = inbox.begin(work, "From work");
    long kept = customer(first);
    api.post(
        "/customers/" + kept + "/merges", Map.of("customerId", customer(second), "address", work));
    long identity =
        api.get("/customers/" + kept)
            .path("customer")
            .path("identities")
            .valueStream()
            .filter(one -> one.path("value").asString().equals(work))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asLong();
    api.post("/customers/" + kept + "/identities/" + identity + "/separation", Map.of());
    api.post("/customers/" + kept + "/erasure", Map.of("confirmation", home));
    soon("erased").until(() -> traces(List.of(home)), TreeSet::isEmpty);
    assertThat(inbox.messages(second).getFirst().path("from").path("address").asString())
        .isEqualTo(work);
    assertThat(inbox.messages(second))
        .extracting(Inbox::text)
        .containsExactly("Where is my parcel?");
  }

  @Test
  void manyConversationsGoPieceByPiece() {
    String address = address("many");
    Mail[] mails = new Mail[25];
    Arrays.setAll(mails, n -> Mail.plain(address, SHOP, "Matter " + word(), "One of many"));
    inbox.take(mails);
    long customer = inbox.of(address).getFirst().path("customer").path("id").asLong();
    assertThat(inbox.of(address)).hasSize(25);
    api.post("/customers/" + customer + "/erasure", Map.of("confirmation", address));
    soon("all of them").until(() -> traces(List.of(address)), TreeSet::isEmpty);
  }
}
