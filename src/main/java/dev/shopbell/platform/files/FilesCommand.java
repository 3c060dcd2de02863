package dev.shopbell.platform.files;

import dev.shopbell.platform.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code java -jar shopbell.jar files move --to=s3} or {@code --to=disk}: copies every file that is
 * not there yet, whether the program runs or not; with {@code --remove} takes from the old place
 * what is in the new one. May be broken off and repeated at will.
 */
public final class FilesCommand {
  public static final String NAME = "files";

  private static final String USAGE =
      """
      Usage: java -jar shopbell.jar files move --to=s3 | --to=disk [--remove]
               copies every file into the bucket, or back into the data folder; may be repeated
               --remove   takes from the old place what is in the new one: when Shopbell uses the new one
      The settings are those of Shopbell itself: SHOPBELL_DATA, SHOPBELL_S3_BUCKET …\
      """;

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final int NEWS_EVERY = 1_000;

  private final FileStore from;
  private final FileStore to;
  private final PrintStream words;
  private int copied;
  private int there;
  private int removed;
  private int damaged;

  private FilesCommand(FileStore from, FileStore to, PrintStream words) {
    this.from = from;
    this.to = to;
    this.words = words;
  }

  @EnableConfigurationProperties({Settings.class, S3Settings.class})
  static final class SettingsAlone {}

  /**
   * Runs it to its end.
   *
   * @return the exit code: 0 if every file is in the new place, 1 if not, 2 if the arguments cannot
   *     be understood
   */
  public static int run(String[] arguments, PrintStream words) {
    List<String> all = List.of(arguments);
    boolean toBucket = all.contains("--to=s3");
    if (!all.contains("move") || toBucket == all.contains("--to=disk")) {
      words.println(USAGE);
      return MISUSED;
    }
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(SettingsAlone.class)
            .web(WebApplicationType.NONE)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .run(
                Arrays.stream(arguments)
                    .filter(one -> one.startsWith("--shopbell."))
                    .toArray(String[]::new))) {
      Settings settings = context.getBean(Settings.class);
      S3Settings s3 = context.getBean(S3Settings.class);
      if (!s3.isSet()) {
        words.println("Name the bucket: SHOPBELL_S3_BUCKET is not set.");
        return MISUSED;
      }
      FileStore disk = FileStore.in(FileStore.folder(settings));
      try (S3FileStore bucket = S3FileStore.reached(s3, FileStore.folder(settings))) {
        FilesCommand command =
            new FilesCommand(toBucket ? disk : bucket, toBucket ? bucket : disk, words);
        return command.move(all.contains("--remove")) ? DONE : FAILED;
      }
    } catch (FilesStartException e) {
      words.println(e.getMessage());
    } catch (IOException e) {
      words.println("Broken off: " + e.getMessage() + ". Repeat it; what is there stays there.");
    }
    return FAILED;
  }

  private boolean move(boolean remove) throws IOException {
    from.each(file -> {
      copy(file, remove);
      if (copied > 0 && (copied + there) % NEWS_EVERY == 0) {
        words.printf("%d files …%n", copied + there);
      }
    });
    words.printf(
        "%d files copied to %s, %d were there before, %d removed from %s.%n",
        copied, to, there, removed, from);
    if (damaged > 0) {
      words.printf(
          "%d files are damaged where they lie and were left: restore them from a backup.%n",
          damaged);
    }
    return damaged == 0;
  }

  private void copy(FileStore.StoredFile file, boolean remove) throws IOException {
    if (to.has(file.hash())) {
      there++;
    } else if (isCopied(file)) {
      copied++;
    } else {
      return;
    }
    if (remove) {
      from.delete(file.hash(), Instant.MAX);
      removed++;
    }
  }

  private boolean isCopied(FileStore.StoredFile file) throws IOException {
    FileStore.StoredFile made;
    try (InputStream content = from.open(file.hash())) {
      made = to.store(content);
    } catch (NoSuchFileException e) {
      // somebody's who is erased just now
      return false;
    }
    if (made.hash().equals(file.hash())) {
      return true;
    }
    words.println("Damaged: " + file.hash());
    damaged++;
    return false;
  }
}
