package dev.shopbell.platform.backup;

import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import dev.shopbell.platform.SecretBox;
import dev.shopbell.platform.database.InstallationDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import tools.jackson.databind.JsonNode;

/** What is backed up comes back the same, wherever it is restored; what is not whole does not. */
class BackupTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Map<String, String> here =
      Archives.at(
          shopbell.setting("shopbell.database-url"), Path.of(shopbell.setting("shopbell.data")));

  @TempDir Path temp;

  @BeforeEach
  void letTheDatabaseServerPass() throws IOException {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private Path backup(String name, Map<String, String> of) {
    Path file = temp.resolve(name);
    Archives.Ran ran = Archives.run(List.of("backup", file.toString()), of);
    assertThat(ran.code()).as(ran.words()).isZero();
    return file;
  }

  private static void restore(Path archive, Map<String, String> into) {
    Archives.Ran ran = Archives.run(List.of("restore", archive.toString()), into);
    assertThat(ran.code()).as(ran.words()).isZero();
  }

  private Map<String, String> embedded(String name) {
    return Archives.at("", temp.resolve(name));
  }

  private Map<String, String> external(String name) {
    return Archives.at(RunningShopbell.emptyDatabase(), temp.resolve(name));
  }

  /** Tables that other tests made in the database are not Shopbell's, and are left out. */
  private static void assertSame(Path copy, Path original) {
    Map<String, String> expected = Archives.checksums(original);
    Map<String, String> sums = Archives.checksums(copy);
    assertThat(sums).hasSizeGreaterThan(50).containsKeys("secret.key", "files.txt");
    assertThat(expected).containsAllEntriesOf(sums);
    assertThat(expected.keySet().stream().filter(name -> !sums.containsKey(name)))
        .allMatch(name -> name.startsWith("tables/test_"));
  }

  @Test
  void aBackupMadeWhileMailComesInIsTheSameAfterMovingToTheEmbeddedDatabaseAndBack()
      throws Exception {
    String word = Inbox.word();
    String from = Inbox.address("saved");
    inbox.take(Mail.plain(from, Inbox.SHOP, "Kept", (word + " long ").repeat(30_000)));
    String sealed =
        Base64.getEncoder()
            .encodeToString(shopbell.bean(SecretBox.class).seal("test", "a mailbox's password"));
    AtomicBoolean enough = new AtomicBoolean();
    Thread sender =
        Thread.ofVirtual()
            .start(() -> {
              while (!enough.get()) {
                Mail.plain(Inbox.address("busy"), Inbox.SHOP, "Meanwhile", "Hello.")
                    .send(shopbell.smtpPort());
              }
            });
    Path original;
    try {
      original = backup("original.zip", here);
    } finally {
      enough.set(true);
      sender.join();
    }
    assertThat(Files.getPosixFilePermissions(original))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    restore(original, embedded("moved"));
    Path moved = backup("moved.zip", embedded("moved"));
    assertSame(moved, original);
    Map<String, String> back = external("back");
    restore(moved, back);
    assertSame(backup("back.zip", back), moved);

    try (RunningShopbell copy = RunningShopbell.start(back)) {
      Inbox there = new Inbox(copy);
      assertThat(there.of(from)).as("conversations, and the owner's token").hasSize(1);
      assertThat(copy.bean(SecretBox.class).open("test", Base64.getDecoder().decode(sealed)))
          .isEqualTo("a mailbox's password");
      String later = Inbox.word();
      there.take(Mail.plain(from, Inbox.SHOP, "News", "And " + later + "."));
      soon("what comes afterwards is read by those who read the facts")
          .until(() -> copy.api().all("/conversations?q=" + later).size() == 1);
    }
  }

  @Test
  void nobodyWaitsForABackup() throws SQLException {
    String word = Inbox.word();
    try (Connection snapshot =
        InstallationDatabase.of(shopbell.bean(JdbcConnectionDetails.class)).snapshot()) {
      assertThat(new Schema(snapshot).migrations()).isNotEmpty();
      inbox.take(Mail.plain(Inbox.address("quick"), Inbox.SHOP, "Now", "About " + word));
      soon("the reader of the facts has filled the search")
          .until(() -> shopbell.api().all("/conversations?q=" + word).size() == 1);
    }
  }

  @Test
  void whatIsCutChangedOrStrangeIsRefusedInWordsAndLeavesTheDatabaseEmpty() throws Exception {
    Path whole = backup("whole.zip", here);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(temp.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    Path endless =
        Archives.changed(
            whole,
            entries -> {
              entries.remove("end.json");
              return entries;
            });
    Path tampered =
        Archives.replaced(whole, "tables/agent", RunningShopbell.OWNER, "thief@shop.example");
    Path outside =
        Archives.changed(
            whole,
            entries -> {
              Map<String, byte[]> more = new LinkedHashMap<>();
              more.put("shopbell.json", entries.remove("shopbell.json"));
              more.put("../../outside", "out".getBytes(StandardCharsets.UTF_8));
              more.putAll(entries);
              return more;
            });
    Path none = Files.writeString(temp.resolve("none.zip"), "a letter");
    Path newer = Archives.replaced(whole, "shopbell.json", "\"format\":1", "\"format\":2");
    Path unknown =
        Archives.replaced(
            whole,
            "shopbell.json",
            "\"migrations\":[",
            "\"migrations\":[{\"version\":\"0\",\"checksum\":1},");

    Map<String, String> target = external("refused");
    for (Path archive : List.of(cut, endless, tampered, outside)) {
      assertThat(refusal(archive, target)).contains("damaged, cut or was changed");
    }
    assertThat(refusal(none, target)).contains("no backup of Shopbell");
    assertThat(refusal(newer, target)).contains("newer Shopbell");
    assertThat(refusal(unknown, target)).contains("not those that this version");
    assertThat(temp.resolve("outside")).doesNotExist();
    assertThat(temp.resolve("refused/secret.key")).doesNotExist();

    restore(whole, target);
    assertThat(refusal(whole, target)).contains("is not empty").contains("Nothing was changed");
    Map<String, String> another = external("another");
    Files.createDirectories(temp.resolve("another"));
    Files.writeString(temp.resolve("another/secret.key"), "the key of another installation");
    assertThat(refusal(whole, another)).contains("is not the key");
  }

  private static String refusal(Path archive, Map<String, String> into) {
    Archives.Ran ran = Archives.run(List.of("restore", archive.toString()), into);
    assertThat(ran.code()).as(ran.words()).isEqualTo(1);
    return ran.words();
  }

  @Test
  void whatARestoreLeftUnfinishedDoesNotStartAndIsBegunAnew() throws Exception {
    Path archive = backup("once.zip", here);
    Map<String, String> target = external("unfinished");
    try (Connection connection = DriverManager.getConnection(jdbc(target));
        var statement = connection.createStatement()) {
      statement.execute("create schema " + InstallationDatabase.UNFINISHED);
      statement.execute("create table conversation (half boolean)");
    }
    assertThatThrownBy(() -> RunningShopbell.start(target))
        .hasStackTraceContaining("did not come to its end");

    restore(archive, target);
    assertSame(backup("twice.zip", target), archive);
  }

  private static String jdbc(Map<String, String> settings) {
    return settings.get("shopbell.database-url");
  }

  @Test
  void aBackupFlowsThroughAPipe() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Archives.Ran made =
        Archives.run(List.of("backup", "-"), here, out, new ByteArrayInputStream(new byte[0]));
    assertThat(made.code()).as(made.words()).isZero();
    Map<String, String> target = external("piped");
    Archives.Ran read =
        Archives.run(
            List.of("restore", "-"),
            target,
            System.out,
            new ByteArrayInputStream(out.toByteArray()));
    assertThat(read.code()).as(read.words()).isZero();
  }

  @Test
  void theProgramMakesItsOwnWithFilesKeptOnceBesideAndTellsWhatBecameOfIt() throws Exception {
    inbox.take(Mail.plain(Inbox.address("file"), Inbox.SHOP, "Big", "big ".repeat(100_000)));
    Path folder = Path.of(shopbell.setting("shopbell.data"), "backups");
    if (Files.exists(folder)) {
      Files.move(folder, folder.resolveSibling("backups-earlier"));
    }
    Files.writeString(folder, "no folder");
    JsonNode failed = asked();
    assertThat(failed.path("problem").asString()).contains("backups");
    assertThat(failedByMetrics()).isEqualTo(1);

    Files.delete(folder);
    Path first = Path.of(asked().path("file").asString());
    assertThat(failedByMetrics()).isZero();
    assertThat(Archives.entries(first).keySet()).noneMatch(name -> name.startsWith("files/"));
    Map<String, String> target = external("nightly");
    restore(first, target);
    try (Stream<Path> files = Files.walk(temp.resolve("nightly/files"))) {
      assertThat(files.filter(file -> file.getFileName().toString().length() == 64))
          .hasSizeGreaterThanOrEqualTo(1);
    }

    Path alone = Files.copy(first, temp.resolve("alone.zip"));
    assertThat(refusal(alone, external("alone")))
        .contains("beside it")
        .contains("Nothing was restored");
  }

  /** Asks for one and waits for its end. */
  private JsonNode asked() {
    long id = shopbell.api().post("/installation/backups", Map.of()).path("id").asLong();
    return soon("the backup's end")
        .until(
            () -> shopbell.api().get("/installation/backups").path("items").get(0),
            backup -> backup.path("id").asLong() == id && !backup.path("finishedAt").isNull());
  }

  private double failedByMetrics() {
    return shopbell.bean(MeterRegistry.class).get("shopbell.backup.failed").gauge().value();
  }

  @Test
  void keepsTheLastOfEachOfSevenDaysAndFourWeeks() throws IOException {
    for (int day = 1; day <= 30; day++) {
      Files.createFile(temp.resolve("shopbell-nightly-202611%02d-023000.zip".formatted(day)));
    }
    Files.createFile(temp.resolve("shopbell-nightly-20261130-010000.zip"));
    Path own = Files.createFile(temp.resolve("shopbell-20260101-000000.zip"));

    new BackupFolder(temp, 7, 4).removeOld();
    assertThat(own).exists();
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(
              left.map(file -> file.getFileName().toString())
                  .filter(name -> name.startsWith("shopbell-nightly"))
                  .map(name -> name.substring(23, 32)))
          .containsExactlyInAnyOrder(
              "30-023000",
              "29-023000",
              "28-023000",
              "27-023000",
              "26-023000",
              "25-023000",
              "24-023000",
              "22-023000",
              "15-023000");
    }
  }
}
