package dev.shopbell.platform.traces;

import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a collector of OpenTelemetry is sent. */
class TracesTest {
  @Test
  void saysWhatTookHowLongAndNothingOfPeople() throws IOException {
    List<String> sent = new CopyOnWriteArrayList<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    Map<String, String> settings =
        Map.of(
            "shopbell.traces-url",
            "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces",
            "management.tracing.sampling.probability",
            "1",
            "management.opentelemetry.tracing.export.schedule-delay",
            "100ms");
    try (RunningShopbell shopbell = RunningShopbell.start(settings)) {
      String word = Inbox.word();
      shopbell.api().get("/conversations?q=" + word);
      shopbell.api().send("GET", "/invitations/" + word, null, Map.of());
      long id = new Inbox(shopbell).begin(word + "@customers.example", "About " + word);
      shopbell.api().get("/conversations/" + id);

      soon("the traces")
          .until(() ->
              String.join("", sent).contains("/api/v1/conversations/{id}")
                  && String.join("", sent).contains("/api/v1/invitations/{token}"));
      assertThat(String.join("", sent)).doesNotContain(word);
    } finally {
      collector.stop(0);
    }
  }
}
