package dev.shopbell.platform.backup;

import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import dev.shopbell.platform.database.OlderServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What the first release left is taken over by this one: the demo shop and a few mails, as the
 * tables were after V043, here on an older PostgreSQL. The archive is never made anew.
 */
class FirstReleaseTest {
  private static final Path ARCHIVE = Path.of("src/test/resources/backup/first-release.zip");

  @TempDir Path data;

  @BeforeEach
  void letTheDatabaseServerPass() throws IOException {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @Test
  void itsDataFolderOfAnOlderPostgresIsBroughtUpToDateAndWorkedWith() throws Exception {
    try (OlderServer older = new OlderServer(data)) {
      run("restore", ARCHIVE, Archives.at(older.url(), data));
    }
    run("backup", data.resolve("before.zip"), Archives.at("", data));
    assertThat(Archives.checksums(data.resolve("before.zip")))
        .as("by the older server's own programs")
        .containsAllEntriesOf(Archives.checksums(ARCHIVE));

    try (RunningShopbell shopbell = RunningShopbell.start(Archives.at("", data))) {
      assertThat(data.resolve("postgres/pg-17/PG_VERSION")).hasContent("17");
      assertThat(Files.readString(data.resolve("postgres/pg/PG_VERSION")).strip())
          .isNotEqualTo("17");
      assertThat(data.resolve("postgres.new")).doesNotExist();
      walk(shopbell);
    }
  }

  private static void walk(RunningShopbell shopbell) {
    assertThat(shopbell.api().all("/conversations")).hasSizeGreaterThan(20);
    assertThat(shopbell.api().all("/customers")).hasSizeGreaterThan(10);
    JsonNode session =
        shopbell
            .api(null)
            .post(
                "/session",
                Map.of("email", RunningShopbell.OWNER, "password", RunningShopbell.PASSWORD));
    assertThat(session.toString()).contains(RunningShopbell.OWNER);

    Inbox inbox = new Inbox(shopbell);
    long first = inbox.only("first@client.example");
    assertThat(Inbox.text(inbox.messages(first).getFirst())).contains("the very first parcel");
    long large = inbox.only("large@client.example");
    assertThat(
            shopbell
                .api()
                .send(
                    "GET",
                    "/messages/"
                        + inbox.messages(large).getFirst().path("id").asLong()
                        + "/original",
                    null,
                    Map.of())
                .body())
        .as("the original, which lies in a file")
        .contains("a long story");

    inbox.take(Mail.plain("later@client.example", Inbox.SHOP, "News", "Something newer."));
    long reply = inbox.reply(first, "It is on its way.").path("id").asLong();
    inbox.awaitDelivery(first, reply, "sent");
    soon("old and new in the search")
        .until(() ->
            !shopbell.api().all("/conversations?q=parcel").isEmpty()
                && !shopbell.api().all("/conversations?q=newer").isEmpty());
  }

  private static void run(String command, Path archive, Map<String, String> settings) {
    Archives.Ran ran = Archives.run(List.of(command, archive.toString()), settings);
    assertThat(ran.code()).as(ran.words()).isZero();
  }
}
