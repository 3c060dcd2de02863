package dev.shopbell.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import dev.shopbell.SteppedClock;
import dev.shopbell.platform.backup.BackupCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Files in a bucket of a real store, and everything that Shopbell does with them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3FileStoreTest extends FileStoreContract {
  private Path temp;
  private S3Store s3;
  private S3FileStore store;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    temp = folder;
    s3 = new S3Store(temp.resolve("s3"));
    store = S3FileStore.reached(s3.settings("/of/the/contract/"), temp.resolve("files"));
  }

  @AfterAll
  void stop() {
    store.close();
    s3.close();
  }

  @Override
  FileStore store() {
    return store;
  }

  @Override
  Path incoming() {
    return temp.resolve("files/incoming");
  }

  private record Ran(int code, String words) {}

  private interface Command {
    int run(String[] arguments, PrintStream words);
  }

  private Ran run(Command command, Map<String, String> settings, String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    Map<String, String> all = new HashMap<>(s3.properties());
    all.putAll(settings);
    all.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        command.run(
            arguments.toArray(String[]::new), new PrintStream(said, true, StandardCharsets.UTF_8));
    return new Ran(code, said.toString(StandardCharsets.UTF_8));
  }

  private Ran backup(Map<String, String> settings, String... words) {
    return run(
        (arguments, said) ->
            BackupCommand.run(
                arguments, said, OutputStream.nullOutputStream(), InputStream.nullInputStream()),
        settings,
        words);
  }

  private static long onTheDisk(Path data) throws IOException {
    if (!Files.exists(data.resolve("files"))) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(data.resolve("files"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private static JsonNode check(RunningShopbell shopbell) {
    return StreamSupport.stream(shopbell.api().get("/status").path("checks").spliterator(), false)
        .filter(one -> one.path("name").asString().equals("files"))
        .findFirst()
        .orElseThrow();
  }

  private static FileStore.StoredFile stored(FileStore files, String content) throws IOException {
    return files.store(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void keepsAttachmentsThereAndBacksThemUpMovesThemAndSweepsWhatIsNobodys() throws Exception {
    try (RunningShopbell shopbell = RunningShopbell.start(s3.properties(), SteppedClock.class)) {
      Path data = Path.of(shopbell.setting("shopbell.data"));
      Map<String, String> settings =
          Map.of("shopbell.data", data.toString(), "shopbell.database-url", shopbell.databaseUrl());
      byte[] content = "a picture of the broken teapot".getBytes(StandardCharsets.UTF_8);
      long id = shopbell.api().upload("teapot.txt", "text/plain", content);
      assertThat(shopbell.api().download("/api/v1/attachments/" + id).body()).isEqualTo(content);
      assertThat(onTheDisk(data)).isZero();

      Path archive = temp.resolve("shop.zip");
      assertThat(backup(settings, "backup", archive.toString()).code()).isZero();
      Map<String, String> elsewhere =
          Map.of(
              "shopbell.data",
              temp.resolve("restored").toString(),
              "shopbell.database-url",
              RunningShopbell.emptyDatabase(),
              "shopbell.s3.prefix",
              "restored");
      Ran restored = backup(elsewhere, "restore", archive.toString());
      assertThat(restored.code()).as(restored.words()).isZero();
      try (S3FileStore there = S3FileStore.reached(s3.settings("restored"), temp)) {
        assertThat(there.has(hashOf(content))).isTrue();
      }

      movesThemThereAndBack(shopbell, settings, data);
      sweepsWhatIsNobodys(shopbell, hashOf(content));
      refusesMailWhileTheStoreIsAway(shopbell);
    }
  }

  private String hashOf(byte[] content) throws IOException {
    return store.store(new ByteArrayInputStream(content)).hash();
  }

  private void movesThemThereAndBack(
      RunningShopbell shopbell, Map<String, String> settings, Path data) throws IOException {
    FileStore bucket = shopbell.bean(FileStore.class);
    String second = stored(bucket, "one more").hash();
    Ran moved = run(FilesCommand::run, settings, "files", "move", "--to=disk");
    assertThat(moved.words()).contains("2 files copied").contains("0 removed");
    assertThat(moved.code()).isZero();
    assertThat(onTheDisk(data)).isEqualTo(2);
    assertThat(run(FilesCommand::run, settings, "files", "move", "--to=disk").words())
        .contains("0 files copied")
        .contains("2 were there before");

    FileStore disk = FileStore.in(data.resolve("files"));
    String newer = stored(disk, "came meanwhile").hash();
    Path damaged = data.resolve("files").resolve(FileStore.path(second));
    Files.writeString(damaged, "something else");
    bucket.delete(second, Instant.MAX);
    Ran back = run(FilesCommand::run, settings, "files", "move", "--to=s3", "--remove");
    assertThat(back.code()).isEqualTo(1);
    assertThat(back.words()).contains("1 files copied", "2 removed", "Damaged: " + second);
    assertThat(bucket.has(newer)).isTrue();
    assertThat(onTheDisk(data)).as("what is damaged stays").isOne();
    Files.delete(damaged);

    assertThat(run(FilesCommand::run, settings, "files", "move").code()).isEqualTo(2);
    Ran unset =
        run(FilesCommand::run, Map.of("shopbell.s3.bucket", ""), "files", "move", "--to=s3");
    assertThat(unset.words()).contains("SHOPBELL_S3_BUCKET");
  }

  private static void sweepsWhatIsNobodys(RunningShopbell shopbell, String named)
      throws IOException {
    FileStore bucket = shopbell.bean(FileStore.class);
    OrphanFiles orphans = shopbell.bean(OrphanFiles.class);
    String orphan = stored(bucket, "nobody's").hash();
    orphans.collect();
    assertThat(bucket.has(orphan)).as("its row may be on its way").isTrue();

    shopbell.bean(SteppedClock.class).step(Duration.ofHours(25));
    orphans.collect();
    assertThat(bucket.has(orphan)).isFalse();
    assertThat(bucket.has(named)).isTrue();
    assertThat(check(shopbell).path("state").asString()).isEqualTo("well");

    for (int n = 0; n <= 100; n++) {
      stored(bucket, "of another shop " + n);
    }
    orphans.collect();
    assertThat(bucket.has(stored(bucket, "of another shop 0").hash())).isTrue();
    assertThat(orphans.refused()).isEqualTo(new OrphanFiles.Count(101, 102));
    shopbell.bean(SteppedClock.class).step(Duration.ofHours(-25));
    Inbox.soon("what it thinks of that")
        .until(() -> check(shopbell), one -> one.path("state").asString().equals("soon"));
  }

  private void refusesMailWhileTheStoreIsAway(RunningShopbell shopbell) throws IOException {
    Mail large = Mail.plain("ada@client.example", Inbox.SHOP, "A long one", "word ".repeat(80_000));
    s3.stop();
    assertThat(large.send(shopbell.smtpPort()).code()).isEqualTo(451);
    Inbox.soon("that the store is away")
        .until(() -> check(shopbell), one -> one.path("state").asString().equals("broken"));
    s3.start();
    assertThat(large.send(shopbell.smtpPort()).code()).isEqualTo(250);
    new Inbox(shopbell).settle();
    assertThat(new Inbox(shopbell).of("ada@client.example")).hasSize(1);
  }

  @Test
  void doesNotStartWhereTheBucketCannotBeReachedAndSaysWhy() {
    S3Settings wrong =
        new S3Settings("nobodys", s3.endpoint(), "us-east-1", "", "a-key", "wrong", true);
    assertThatThrownBy(() -> S3FileStore.reached(wrong, temp))
        .isInstanceOf(FilesStartException.class)
        .hasMessageContaining("s3://nobodys at " + s3.endpoint())
        .hasMessageNotContaining("wrong");
    Ran ran =
        backup(
            Map.of("shopbell.data", temp.toString(), "shopbell.s3.endpoint", "http://127.0.0.1:1"),
            "backup");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.words()).contains("http://127.0.0.1:1 cannot be reached");
    assertThatThrownBy(() -> new S3Settings("shop", "", "", "", "", "", true))
        .hasMessageContaining("SHOPBELL_S3_ENDPOINT");
    assertThatThrownBy(() -> new S3Settings("shop", "http://s3.example", "", "", "", "", true))
        .hasMessageContaining("SHOPBELL_S3_SECRET_KEY");
  }

  /** Else its files would be swept as nobody's. */
  @Test
  void everyColumnThatNamesFilesIsOneThatARoomIsAskedAbout() {
    assertThat(
            RunningShopbell.shared()
                .bean(JdbcClient.class)
                .sql(
                    """
                    select table_name from information_schema.columns
                    where table_schema = 'public' and column_name = 'file' order by 1
                    """)
                .query(String.class)
                .list())
        .as("a new one: have the FileUse of its room answer for it, then name it here")
        .containsExactly("attachment", "backup", "leaving_file", "library_file", "stored_mail");
  }
}
