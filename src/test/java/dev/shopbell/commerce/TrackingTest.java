package dev.shopbell.commerce;

import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.RunningShopbell;
import dev.shopbell.commerce.DemoTill.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A shopper sees how their order is, and nobody else's. */
class TrackingTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final DemoTill till = new DemoTill(shopbell);
  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(shopbell.address() + path));
  }

  /** As a form posts it. */
  private HttpResponse<String> ask(String number, String proof) {
    return send(
        at("/track")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "number="
                        + URLEncoder.encode(number, StandardCharsets.UTF_8)
                        + "&proof="
                        + URLEncoder.encode(proof, StandardCharsets.UTF_8))));
  }

  private String page(HttpResponse<String> redirect) {
    assertThat(redirect.statusCode()).as(redirect.body()).isEqualTo(302);
    String to = redirect.headers().firstValue("Location").orElseThrow();
    return send(at(URI.create(to).getPath()).header("Accept-Language", "en")).body();
  }

  @Test
  void theNumberWithTheAddressOrThePostcodeLeadsToTheOrder() {
    String anna = address("anna");
    OrderState order = Sample.delivered(anna, Instant.now().minus(1, ChronoUnit.DAYS));
    till.place(order);
    String byAddress =
        page(ask("#" + order.number(), " " + anna.toUpperCase(java.util.Locale.ROOT)));
    assertThat(byAddress)
        .contains(order.number(), "Delivered", "A mug", order.parcels().getFirst().trackingNumber())
        .doesNotContain("Visa", anna, "Mill Lane")
        .doesNotContain("<script");
    assertThat(page(ask(order.number(), "12 34"))).isEqualTo(byAddress);
  }

  @Test
  void whatIsWrongAndWhatIsUnknownAreAnsweredAlike() {
    OrderState order = Sample.order(address("anna"));
    till.place(order);
    HttpResponse<String> wrong = ask(order.number(), "9999");
    HttpResponse<String> unknown = ask("X" + order.number(), "9999");
    assertThat(wrong.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(200);
    assertThat(wrong.body().replace(order.number(), ""))
        .isEqualTo(unknown.body().replace("X" + order.number(), ""))
        .contains("We found no order");
    assertThat(ask(order.number(), "").body()).contains("We found no order");
  }

  @Test
  void guessingEndsSoonFromWhereverItComes() {
    OrderState order = Sample.order(address("anna"));
    till.place(order);
    TrackingGuesses guesses = new TrackingGuesses();
    for (int i = 0; i < 10; i++) {
      assertThat(guesses.take("network " + i, 1, "1001")).isTrue();
    }
    assertThat(guesses.take("another network", 1, "1001")).isFalse();
    assertThat(guesses.take("another network", 1, "1002")).isTrue();
    for (int i = 0; i < 8; i++) {
      assertThat(guesses.take("another network", 1, "20" + i)).isTrue();
    }
    assertThat(guesses.take("another network", 1, "1003")).isFalse();
  }

  @Test
  void onlyALinkOfOursOpensAnOrder() {
    long order = till.place(Sample.order(address("anna")));
    String link = till.detail(order).path("trackingUrl").asString();
    String path = URI.create(link).getPath();
    HttpResponse<String> mine = send(at(path).header("Accept-Language", "de"));
    assertThat(mine.body()).contains("Wir machen Ihre Bestellung fertig");
    assertThat(mine.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(mine.headers().firstValue("Cache-Control")).hasValue("no-store");
    String token = path.substring(path.lastIndexOf('/') + 1);
    String other = Long.toString(order + 1, 36) + token.substring(token.indexOf('-'));
    for (String no : List.of(other, token + "a", token.substring(1), "-", "1-2", "a".repeat(200))) {
      assertThat(send(at("/track/" + no)).statusCode()).as(no).isEqualTo(404);
    }
  }
}
