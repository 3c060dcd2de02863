package dev.shopbell.channels.email.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.platform.dns.Dns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an owner is told of records that others have written before. */
class DomainAdviceTest {
  private static final String DOMAIN = "shop.example";

  private final Map<String, List<String>> records = new HashMap<>();
  private final DomainAdvice.Around around =
      new DomainAdvice.Around("smtp.post.example", null, List.of());

  private DomainAdvice.Check check(DomainAdvice.Subject subject) {
    return DomainAdvice.of(
            DOMAIN,
            around,
            (type, name) -> {
              List<String> values = records.get(type + " " + name);
              return values == null ? new Dns.Answer.Absent() : new Dns.Answer.Found(values);
            })
        .stream()
        .filter(check -> check.subject() == subject)
        .findFirst()
        .orElseThrow();
  }

  private DomainAdvice.Check spf(String... texts) {
    records.put("TXT " + DOMAIN, List.of(texts));
    records.put("A smtp.post.example", List.of("192.0.2.25"));
    return check(DomainAdvice.Subject.spf);
  }

  private static String value(DomainAdvice.Check check) {
    return check.publish() == null ? "" : check.publish().value();
  }

  @Test
  void twoSpfRecordsAreMadeOne() {
    DomainAdvice.Check check =
        spf(
            "v=spf1 include:a.example -all",
            "other",
            "v=spf1 ip4:192.0.2.25 include:a.example ~all");
    assertThat(check.state()).isEqualTo(DomainAdvice.State.problem);
    assertThat(value(check)).isEqualTo("v=spf1 include:a.example ip4:192.0.2.25 ~all");
  }

  @Test
  void theRelayIsToBeNamed() {
    assertThat(spf("v=spf1 ip4:192.0.2.0/24 -all").state()).isEqualTo(DomainAdvice.State.ok);
    DomainAdvice.Check check = spf("v=spf1 mx -all");
    assertThat(check.state()).isEqualTo(DomainAdvice.State.advice);
    assertThat(value(check)).isEqualTo("v=spf1 mx a:smtp.post.example -all");
  }

  @Test
  void whatLetsEverybodyInOrAsksTooMuchIsAProblem() {
    DomainAdvice.Check open = spf("v=spf1 ip4:192.0.2.25 +all");
    assertThat(open.state()).isEqualTo(DomainAdvice.State.problem);
    assertThat(value(open)).isEqualTo("v=spf1 ip4:192.0.2.25 ~all");
    records.put("TXT deep.example", List.of("v=spf1 a:1 a:2 a:3 a:4 a:5 a:6 a:7 a:8 a:9 a:10"));
    assertThat(spf("v=spf1 include:deep.example ~all").words()).contains("more than 10");
    assertThat(spf("v=spf1 ip4:192.0.2.25").words()).contains("Let it end in ~all");
  }

  @Test
  void aDmarcRuleOfTheOrganisationHoldsBelowIt() {
    records.put(
        "TXT _dmarc." + DOMAIN, List.of("v=DMARC1; p=reject; sp=none; rua=mailto:a@b.example"));
    DomainAdvice.Check check = check(DomainAdvice.Subject.dmarc);
    assertThat(check.state()).isEqualTo(DomainAdvice.State.ok);
    assertThat(check.words()).isEqualTo("Mail that is forged in your name is refused.");
    records.put("TXT _dmarc." + DOMAIN, List.of("v=DMARC1; p=reject", "v=DMARC1; p=none"));
    assertThat(check(DomainAdvice.Subject.dmarc).state()).isEqualTo(DomainAdvice.State.problem);
  }
}
