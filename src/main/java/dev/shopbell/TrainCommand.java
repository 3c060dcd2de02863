package dev.shopbell;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code java -XX:AOTCacheOutput=FILE -jar shopbell.jar train FOLDER}: starts the program with the
 * demo shop, on an empty database in that folder and on free ports, asks what is asked first of
 * every start, and ends; so that the JVM learns what a start needs. Nothing of the installation is
 * touched, whatever the environment says; the folder is the caller's to remove.
 */
final class TrainCommand {
  static final String NAME = "train";
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG = 2;

  private static final String TOKEN = "sb_token_of_the_training";

  private static final List<String> ASKED =
      List.of(
          "/healthz",
          "/",
          "/api/v1/session",
          "/api/v1/conversations",
          "/api/v1/conversations/1",
          "/api/v1/conversations/1/messages",
          "/api/v1/conversations?q=parcel",
          "/metrics");

  private TrainCommand() {}

  static int run(String[] arguments, PrintStream errors) {
    if (arguments.length != 2) {
      errors.println("Say where a trial start may write: java -jar shopbell.jar train FOLDER");
      return WRONG;
    }
    String[] settings = {
      "--shopbell.data=" + arguments[1],
      "--shopbell.demo=true",
      "--shopbell.http-port=0",
      "--shopbell.smtp-port=0",
      "--shopbell.bind=127.0.0.1",
      "--shopbell.owner-email=owner@shop.example",
      "--shopbell.owner-password=a start without a shop",
      "--shopbell.api-token=" + TOKEN,
      "--shopbell.backup.at=off",
      "--shopbell.database-url=",
      "--shopbell.s3.bucket=",
      "--shopbell.public-url=",
      "--shopbell.relay-url=",
      "--shopbell.smtp-tls-certificate=",
      "--shopbell.smtp-tls-key=",
      "--shopbell.traces-url="
    };
    try (ConfigurableApplicationContext context = SpringApplication.run(Shopbell.class, settings)) {
      int port = ((WebServerApplicationContext) context).getWebServer().getPort();
      ask("http://127.0.0.1:" + port);
      return DONE;
    } catch (IOException e) {
      errors.println("The trial start does not answer: " + e);
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static void ask(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : ASKED) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        client.send(request, HttpResponse.BodyHandlers.discarding());
      }
    }
  }
}
