package dev.shopbell.customers;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two customers become one and part again; those who may be the same are proposed. */
class CustomerMergeTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api api = shopbell.api();
  private final Inbox inbox = new Inbox(shopbell);

  private long customer(String address) {
    return inbox.of(address).getFirst().path("customer").path("id").asLong();
  }

  private long writes(String address) {
    inbox.begin(address, "Hello");
    return customer(address);
  }

  private JsonNode merge(long kept, long other, Object... more) {
    Map<String, Object> body = new HashMap<>(Map.of("customerId", other));
    for (int i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    return api.post("/customers/" + kept + "/merges", body);
  }

  private List<String> conversations(long customer) {
    return api.all("/conversations?customer=" + customer).stream()
        .map(row -> row.path("subject").asString())
        .sorted()
        .toList();
  }

  private static List<String> values(JsonNode customer) {
    return StreamSupport.stream(customer.path("identities").spliterator(), false)
        .map(one -> one.path("value").asString())
        .toList();
  }

  @Test
  void keptOneTakesAddressesConversationsAndNewMailUntilThatIsUndone() {
    String home = address("home");
    String work = address("work");
    long kept = writes(home);
    long other = writes(work);
    JsonNode before = api.get("/customers/" + kept);
    JsonNode beforeOther = api.get("/customers/" + other);
    JsonNode done = merge(kept, other, "name", "Anna Both", "address", work);
    assertThat(values(done.path("customer"))).containsExactlyInAnyOrder(home, work);
    assertThat(done.path("customer").path("name").asString()).isEqualTo("Anna Both");
    assertThat(done.path("customer").path("address").asString()).isEqualTo(work);
    assertThat(
            api.send("GET", "/customers/" + other, null, Map.of()).headers().firstValue("Location"))
        .contains("/api/v1/customers/" + kept);
    assertThat(api.all("/customers?q=" + home)).isEmpty();

    inbox.take(
        Mail.plain(work, SHOP, "Later from work", "x"),
        Mail.plain(home, SHOP, "Later from home", "x"));
    assertThat(conversations(kept))
        .containsExactly("Hello", "Hello", "Later from home", "Later from work");

    api.post("/customers/" + kept + "/merges/" + done.path("id").asLong() + "/undo", Map.of());
    assertThat(conversations(kept)).containsExactly("Hello", "Later from home");
    assertThat(conversations(other)).containsExactly("Hello", "Later from work");
    assertThat(api.get("/customers/" + kept).path("customer")).isEqualTo(before.path("customer"));
    assertThat(api.get("/customers/" + other).path("customer"))
        .isEqualTo(beforeOther.path("customer"));
  }

  @Test
  void chainsLeadToTheLastAndAreUndoneFromTheEnd() {
    long first = writes(address("one"));
    long second = writes(address("two"));
    long third = writes(address("three"));
    long inner = merge(second, first).path("id").asLong();
    long outer = merge(third, second).path("id").asLong();
    assertThat(
            api.send("GET", "/customers/" + first, null, Map.of()).headers().firstValue("Location"))
        .contains("/api/v1/customers/" + third);
    assertThat(post("/customers/" + second + "/merges/" + inner + "/undo", Map.of()).body())
        .contains("undo that first");
    assertThat(post("/customers/" + third + "/merges", Map.of("customerId", first)).body())
        .contains("already");
    assertThat(post("/customers/" + third + "/merges", Map.of("customerId", third)).status())
        .isEqualTo(422);
    api.post("/customers/" + third + "/merges/" + outer + "/undo", Map.of());
    api.post("/customers/" + second + "/merges/" + inner + "/undo", Map.of());
    assertThat(Stream.of(first, second, third).map(this::conversations))
        .allSatisfy(all -> assertThat(all).hasSize(1));
  }

  private Api.Answer post(String path, Object body) {
    return api.send("POST", path, body, Map.of());
  }

  @Test
  void ofTwoWhoMergeCrosswiseAtTheSameMomentOneIsTold() {
    long first = writes(address("one"));
    long second = writes(address("two"));
    var one =
        CompletableFuture.supplyAsync(
            () -> post("/customers/" + first + "/merges", Map.of("customerId", second)));
    var other =
        CompletableFuture.supplyAsync(
            () -> post("/customers/" + second + "/merges", Map.of("customerId", first)));
    assertThat(List.of(one.join().status(), other.join().status()))
        .containsOnlyOnce(201)
        .allMatch(status -> status == 201 || status == 307 || status == 409);
    assertThat(conversations(first).size() + conversations(second).size()).isEqualTo(2);
  }

  @Test
  void addressCanBeMadeACustomerOfItsOwnAgain() {
    String home = address("home");
    String work = address("work");
    long kept = writes(home);
    merge(kept, writes(work));
    long identity =
        StreamSupport.stream(
                api.get("/customers/" + kept).path("customer").path("identities").spliterator(),
                false)
            .filter(one -> one.path("value").asString().equals(work))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asLong();
    long made =
        api.post("/customers/" + kept + "/identities/" + identity + "/separation", Map.of())
            .path("id")
            .asLong();
    assertThat(conversations(kept)).hasSize(1);
    assertThat(conversations(made)).hasSize(1);
    assertThat(inbox.of(work)).hasSize(1);
  }

  private List<JsonNode> duplicates(long customer) {
    return StreamSupport.stream(
            api.get("/customers/" + customer)
                .path("parts")
                .path("samePerson")
                .path("duplicates")
                .spliterator(),
            false)
        .toList();
  }

  @Test
  void sameMailboxIsProposedWithItsEvidenceUntilSomebodySaysOtherwise() {
    String word = word();
    long plain = writes(word + "@customers.example");
    long tagged = writes(word + "+shop@customers.example");
    soon("the proposal").until(() -> duplicates(plain).size() == 1);
    JsonNode proposed = duplicates(plain).getFirst();
    assertThat(proposed.path("customer").path("id").asLong()).isEqualTo(tagged);
    assertThat(proposed.path("evidence").get(0).asString()).isEqualTo("same_mailbox");
    assertThat(proposed.path("strength").asString()).isEqualTo("strong");
    assertThat(api.all("/customers/duplicates"))
        .anyMatch(pair ->
            pair.path("first").path("id").asLong() == Math.min(plain, tagged)
                && pair.path("second").path("id").asLong() == Math.max(plain, tagged));
    api.put("/customers/" + tagged + "/duplicates/" + plain + "/dismissal", Map.of());
    assertThat(duplicates(plain)).isEmpty();
    api.patch("/customers/" + plain, Map.of("name", "Renamed"));
    api.delete("/customers/" + plain + "/duplicates/" + tagged + "/dismissal");
    assertThat(duplicates(tagged)).hasSize(1);
    merge(plain, tagged);
    assertThat(duplicates(plain)).isEmpty();
  }

  @Test
  void commonNameIsNoEvidence() {
    String name = "Maria" + word() + " Common" + word();
    String domain = "@" + word() + ".example";
    Mail[] mails = new Mail[25];
    for (int i = 0; i < mails.length; i++) {
      mails[i] = Mail.plain(name + " <maria" + i + domain + ">", SHOP, "Hello", "x");
    }
    inbox.take(mails);
    long last = customer("maria24" + domain);
    String probe = word();
    writes(probe + "@customers.example");
    long late = writes(probe + "+late@customers.example");
    soon("the log being read").until(() -> duplicates(late).size() == 1);
    assertThat(duplicates(last).size()).isLessThan(25);
    long newest = writesAs(name, "maria25" + domain);
    writes(probe + "+again@customers.example");
    soon("the log being read").until(() -> duplicates(late).size() == 2);
    assertThat(duplicates(newest)).isEmpty();
  }

  private long writesAs(String name, String address) {
    inbox.take(Mail.plain(name + " <" + address + ">", SHOP, "Hello", "x"));
    return customer(address);
  }
}
