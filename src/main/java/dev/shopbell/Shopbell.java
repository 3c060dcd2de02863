package dev.shopbell;

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
    SpringApplication.run(Shopbell.class, arguments);
  }
}
