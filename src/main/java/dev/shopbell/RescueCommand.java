package dev.shopbell;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.database.DatabaseStartException;
import dev.shopbell.platform.database.InstallationDatabase;
import dev.shopbell.staff.Rescue;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * {@code java -jar shopbell.jar rescue owner@shop.example}: prints a link by which that agent
 * chooses a new password and loses the second step. Takes the settings that the program takes. Ends
 * with {@value #MADE} where it has made one, {@value #REFUSED} where nobody may be let in by that
 * address, {@value #WRONG} where it is called in another way, {@value #NO_DATABASE} where the
 * database cannot be worked with.
 */
final class RescueCommand {
  static final String NAME = "rescue";
  static final int MADE = 0;
  static final int REFUSED = 1;
  static final int WRONG = 2;
  static final int NO_DATABASE = 3;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final PrintStream errors;

  RescueCommand(PrintStream out, PrintStream errors) {
    this.out = out;
    this.errors = errors;
  }

  /** Reads the settings as the program does, and starts nothing of it. */
  @EnableConfigurationProperties(Settings.class)
  static class SettingsAlone {}

  /**
   * @param arguments {@code rescue}, an address, and settings such as {@code --shopbell.data=…}
   * @return how the program is to end
   */
  int run(List<String> arguments) {
    List<String> settings = arguments.stream().filter(one -> one.startsWith("--")).toList();
    List<String> words = arguments.stream().filter(one -> !one.startsWith("--")).toList();
    if (words.size() != 2 || !words.get(1).contains("@")) {
      errors.println("Say whom to let back in: java -jar shopbell.jar rescue owner@shop.example");
      return WRONG;
    }
    try (ConfigurableApplicationContext context =
            new SpringApplicationBuilder(SettingsAlone.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("logging.level.root=warn")
                .run(settings.toArray(String[]::new));
        InstallationDatabase database =
            InstallationDatabase.existing(context.getBean(Settings.class))) {
      Rescue rescue =
          new Rescue(database.dataSource(), context.getBean(Settings.class), Clock.systemUTC());
      return tell(rescue.of(words.get(1)));
    } catch (DatabaseStartException | IllegalArgumentException e) {
      errors.println(e.getMessage());
    } catch (BadSqlGrammarException e) {
      errors.println(
          "The database is not of this version of Shopbell: use the program that serves it, or"
              + " start this one once. Nothing was changed.");
    } catch (DataAccessException | CannotCreateTransactionException e) {
      errors.println("The database does not answer: " + e.getMessage() + ". Nothing was changed.");
    }
    return NO_DATABASE;
  }

  private int tell(Rescue.Outcome outcome) {
    return switch (outcome) {
      case Rescue.Outcome.Link link -> {
        out.println(
            """

              %s chooses a new password here; the second step goes with it:

              %s

              It works once, until %s, while the program runs. Whoever has it is in.
            """
                .formatted(link.name(), link.url(), TIME.format(link.until())));
        yield MADE;
      }
      case Rescue.Outcome.Refused(String words) -> {
        errors.println(words);
        yield REFUSED;
      }
    };
  }
}
