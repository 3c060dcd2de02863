package dev.shopbell.platform.backup;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.database.DatabaseStartException;
import dev.shopbell.platform.database.InstallationDatabase;
import dev.shopbell.platform.files.FileStore;
import dev.shopbell.platform.files.FilesStartException;
import dev.shopbell.platform.files.S3Settings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code java -jar shopbell.jar backup [folder, file or -]} and {@code … restore <file or ->}. They
 * read the same settings as the program and start nothing of it.
 */
public final class BackupCommand {
  private static final String USAGE =
      """
      Usage: java -jar shopbell.jar backup [FOLDER | FILE | -]
               makes a backup of everything, while Shopbell runs or not; without a name it goes where
               the nightly ones go; - writes it to the standard output
             java -jar shopbell.jar restore FILE | -
               reads a backup into an empty database; - reads the standard input
      The settings are those of Shopbell itself: SHOPBELL_DATA, SHOPBELL_DATABASE_URL …\
      """;

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final Settings settings;
  private final BackupSettings backupSettings;
  private final FileStore files;
  private final PrintStream words;
  private final OutputStream out;
  private final InputStream in;

  private BackupCommand(
      Settings settings,
      BackupSettings backupSettings,
      FileStore files,
      PrintStream words,
      OutputStream out,
      InputStream in) {
    this.settings = settings;
    this.backupSettings = backupSettings;
    this.files = files;
    this.words = words;
    this.out = out;
    this.in = in;
  }

  /** Of the application's context it needs what the operator has set, and nothing else. */
  @EnableConfigurationProperties({Settings.class, BackupSettings.class, S3Settings.class})
  static final class SettingsAlone {}

  /** Whether the program was started for one of these commands. */
  public static boolean isMeant(String[] arguments) {
    return arguments.length > 0 && List.of("backup", "restore").contains(arguments[0]);
  }

  /**
   * Runs it to its end. What is for people goes to {@code words}.
   *
   * @return the exit code: 0 if it is done, 1 if it failed, 2 if the arguments cannot be understood
   */
  public static int run(String[] arguments, PrintStream words, OutputStream out, InputStream in) {
    List<String> names =
        Arrays.stream(arguments).filter(argument -> !argument.startsWith("--")).toList();
    boolean backup = names.getFirst().equals("backup");
    if (names.size() > 2 || (!backup && names.size() < 2)) {
      words.println(USAGE);
      return MISUSED;
    }
    String[] options =
        Arrays.stream(arguments)
            .filter(argument -> argument.startsWith("--"))
            .toArray(String[]::new);
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(SettingsAlone.class)
            .web(WebApplicationType.NONE)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .run(options)) {
      BackupCommand command =
          new BackupCommand(
              context.getBean(Settings.class),
              context.getBean(BackupSettings.class),
              FileStore.of(context.getBean(Settings.class), context.getBean(S3Settings.class)),
              words,
              out,
              in);
      if (backup) {
        command.backup(names.size() == 1 ? "" : names.get(1));
      } else {
        command.restore(names.get(1));
      }
      return DONE;
    } catch (BackupException | DatabaseStartException | FilesStartException e) {
      words.println(e.getMessage());
    } catch (SQLException e) {
      words.println("The database refused: " + e.getMessage() + ". Nothing was made or restored.");
    } catch (NoSuchFileException e) {
      words.println("There is no file " + e.getFile() + ".");
    } catch (IOException e) {
      words.println("Reading or writing failed: " + e + ". Nothing was made or restored.");
    }
    return FAILED;
  }

  private void backup(String target) throws IOException, SQLException {
    long began = System.nanoTime();
    Progress progress = new Progress(words::println);
    InstallationKey key = new InstallationKey(settings);
    try (InstallationDatabase database = InstallationDatabase.existing(settings)) {
      if (target.equals("-")) {
        new ArchiveWriter(database, files, key, progress).write(out, null);
        return;
      }
      BackupFolder.Made made =
          target.isEmpty()
              ? backupSettings.folder(settings).makeNightly(database, files, key, progress)
              : BackupFolder.makeWhole(Path.of(target), database, files, key, progress);
      words.printf(
          "Backup made: %s (%s, %d s). %s%n",
          made.file().toAbsolutePath(),
          Progress.size(made.bytes()),
          (System.nanoTime() - began) / 1_000_000_000,
          key.inEnvironment()
              ? "It does not hold the secret key: keep SHOPBELL_SECRET_KEY as well."
              : "It holds everything, the secret key too: keep it as confidential as the data"
                  + " folder.");
    }
  }

  private void restore(String source) throws IOException, SQLException {
    long began = System.nanoTime();
    Path file = Path.of(source).toAbsolutePath();
    FileStore beside = BackupFolder.beside(file.resolveSibling("."));
    Progress progress = new Progress(words::println);
    // Before a database is started for it.
    try (InputStream archive =
            source.equals("-") ? in : new BufferedInputStream(Files.newInputStream(file));
        InstallationDatabase database = InstallationDatabase.alone(settings)) {
      new ArchiveReader(database, files, new InstallationKey(settings), progress)
          .read(archive, beside);
      words.printf(
          "Restored, and the same as it was by count and checksum (%d s). Start Shopbell now.%n",
          (System.nanoTime() - began) / 1_000_000_000);
    }
  }
}
