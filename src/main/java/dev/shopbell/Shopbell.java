package dev.shopbell;

import dev.shopbell.platform.backup.BackupCommand;
import dev.shopbell.platform.files.FilesCommand;
import java.io.PrintStream;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Customer service for online shops. */
@SpringBootApplication
public class Shopbell {
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals(RescueCommand.NAME)) {
      System.exit(new RescueCommand(System.out, System.err).run(List.of(arguments)));
    }
    if (arguments.length > 0 && arguments[0].equals(FilesCommand.NAME)) {
      System.exit(FilesCommand.run(arguments, System.out));
    }
    if (BackupCommand.isMeant(arguments)) {
      PrintStream out = System.out;
      // what is for people must not get into a backup that is written to the standard output
      System.setOut(System.err);
      System.exit(BackupCommand.run(arguments, System.err, out, System.in));
    }
    if (arguments.length > 0 && arguments[0].equals(TrainCommand.NAME)) {
      System.exit(TrainCommand.run(arguments, System.err));
    }
    SpringApplication.run(Shopbell.class, arguments);
  }
}
