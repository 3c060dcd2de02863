package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.NameServer;
import dev.shopbell.RunningShopbell;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** A shop's own domain: its key, its signatures at the wire, what its owner is told. */
@ResourceLock(ShopbellWithDns.ALONE)
class SendingDomainTest {
  private final RunningShopbell shopbell = ShopbellWithDns.SHOPBELL;
  private final NameServer dns = ShopbellWithDns.DNS;
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  /** Makes a domain the brand's. */
  private String shop() {
    String domain = Inbox.word() + ".example";
    long brand = api.get("/brands").path("items").get(0).path("id").asLong();
    api.patch("/brands/" + brand, Map.of("address", "hello@" + domain));
    return domain;
  }

  private JsonNode check(String domain) {
    return api.post("/mail-domains/" + domain + "/check", null);
  }

  private static JsonNode subject(JsonNode domain, String subject) {
    for (JsonNode check : domain.path("checks")) {
      if (check.path("subject").asString().equals(subject)) {
        return check;
      }
    }
    throw new AssertionError("no check of " + subject);
  }

  /** Makes a key; the record to publish is returned. */
  private JsonNode newKey(String domain) {
    return subject(api.post("/mail-domains/" + domain + "/dkim-key", null), "dkim").path("publish");
  }

  private void publish(JsonNode record) {
    dns.text(record.path("name").asString(), record.path("value").asString());
  }

  /** A mail of ours from the domain, as it came over the wire. */
  private String sentFrom(String domain) {
    String customer = Inbox.address("anna");
    String subject = "Grüße " + Inbox.word() + " mit einem recht langen Betreff, der gefaltet wird";
    long file = api.upload("bill.txt", "text/plain", "1 teapot\n".getBytes(StandardCharsets.UTF_8));
    JsonNode started =
        api.post(
            "/conversations",
            Map.of(
                "brandId", api.get("/brands").path("items").get(0).path("id").asLong(),
                "to", Map.of("address", customer),
                "subject", subject,
                "text", "Schöne Grüße\n.\n..dots  \n\n\n",
                "attachments", List.of(file)));
    assertThat(started.path("id").asLong()).isPositive();
    return Inbox.soon("the mail to " + customer)
        .until(
            () ->
                ShopbellWithDns.RELAY.taken().stream()
                    .filter(mail -> mail.contains("To: " + customer))
                    .findFirst()
                    .orElse(""),
            mail -> !mail.isEmpty())
        .replace("\r\n..", "\r\n.");
  }

  private static List<SignatureRecord> verified(String mail, JsonNode record) throws Exception {
    DKIMVerifier verifier =
        new DKIMVerifier((method, selector, domain) -> {
          assertThat(selector + "._domainkey." + domain).isEqualTo(record.path("name").asString());
          return List.of(record.path("value").asString());
        });
    return verifier.verify(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aKeySignsOnceDnsShowsItAndNoLongerThanThat() throws Exception {
    String domain = shop();
    JsonNode record = newKey(domain);
    assertThat(record.path("value").asString()).startsWith("v=DKIM1; k=rsa; p=");
    assertThat(check(domain).path("keys").get(0).path("active").asBoolean()).isFalse();
    assertThat(sentFrom(domain)).doesNotContain("DKIM-Signature");

    publish(record);
    JsonNode seen = check(domain);
    assertThat(seen.path("keys").get(0).path("active").asBoolean()).isTrue();
    assertThat(subject(seen, "dkim").path("state").asString()).isEqualTo("ok");
    String mail = sentFrom(domain);
    SignatureRecord signature = verified(mail, record).getFirst();
    assertThat(signature.getDToken()).hasToString(domain);
    List<String> signed = new ArrayList<>();
    signature.getHeaders().forEach(name -> signed.add(name.toString()));
    assertThat(signed)
        .contains(
            "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type");
    assertThat(signed.stream().filter("from"::equals)).hasSize(2);

    dns.forget(record.path("name").asString());
    check(domain);
    assertThat(sentFrom(domain)).doesNotContain("DKIM-Signature");
  }

  @Test
  void theOldKeySignsUntilTheNewOneIsSeen() throws Exception {
    String domain = shop();
    JsonNode old = newKey(domain);
    publish(old);
    check(domain);
    JsonNode next = newKey(domain);
    assertThat(next.path("name")).isNotEqualTo(old.path("name"));
    assertThat(verified(sentFrom(domain), old)).hasSize(1);
    publish(next);
    check(domain);
    assertThat(verified(sentFrom(domain), next)).hasSize(1);
    assertThat(check(domain).path("keys")).hasSize(1);

    JsonNode last = newKey(domain);
    dns.forget(next.path("name").asString());
    publish(last);
    check(domain);
    assertThat(verified(sentFrom(domain), last)).hasSize(1);

    api.delete("/mail-domains/" + domain + "/dkim-key");
    assertThat(sentFrom(domain)).doesNotContain("DKIM-Signature");
  }

  @Test
  void onlyOurOwnDomainsAreLookedAt() {
    String domain = shop();
    int before = dns.questions();
    for (String other : List.of("other.example", "localhost", "hello@" + domain, "www." + domain)) {
      assertThat(api.send("POST", "/mail-domains/" + other + "/check", null, Map.of()).status())
          .isBetween(400, 499);
      assertThat(api.send("POST", "/mail-domains/" + other + "/dkim-key", null, Map.of()).status())
          .isBetween(400, 499);
    }
    assertThat(dns.questions()).isEqualTo(before);
  }

  @Test
  void anOwnerIsToldWhatToPublish() {
    String domain = shop();
    JsonNode bare = check(domain);
    assertThat(subject(bare, "mx").path("state").asString()).isEqualTo("problem");
    assertThat(subject(bare, "spf").path("state").asString()).isEqualTo("problem");
    assertThat(subject(bare, "spf").path("publish").path("value").asString())
        .isEqualTo("v=spf1 mx ~all");
    publish(subject(bare, "spf").path("publish"));
    publish(subject(bare, "dmarc").path("publish"));
    dns.mail(domain, "mx.provider.example");
    publish(newKey(domain));
    JsonNode done = check(domain);
    assertThat(subject(done, "mx").path("words").asString()).contains("mx.provider.example");
    for (String subject : List.of("mx", "spf", "dkim")) {
      assertThat(subject(done, subject).path("state").asString()).as(subject).isEqualTo("ok");
    }
    // Watching only is well for a start, and the next step is said.
    assertThat(subject(done, "dmarc").path("state").asString()).isEqualTo("advice");
    assertThat(subject(done, "dmarc").path("publish").path("value").asString())
        .isEqualTo("v=DMARC1; p=quarantine; rua=mailto:dmarc@" + domain);
    assertThat(api.get("/mail-domains").path("items").get(0).path("domain").asString())
        .isEqualTo(domain);
  }
}
