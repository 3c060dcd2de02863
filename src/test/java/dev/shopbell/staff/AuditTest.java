package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Who did what: found by whom, about whom, what and when; and as a file. */
class AuditTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api api = shopbell.api();

  private List<String> names(String query) {
    return api.all("/audit?" + query).stream().map(entry -> entry.path("name").asString()).toList();
  }

  @Test
  void isFilteredByWhoDidItAndWhomItConcerns() {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    assertThat(new Browser(shopbell).signIn(member.email(), "wrong password").status())
        .isEqualTo(401);
    api.delete("/agents/" + member.id() + "/sessions");
    assertThat(names("by=" + member.id()))
        .containsExactly("SignedIn", "AgentJoined", "AgentChanged");
    assertThat(names("about=" + member.id()))
        .containsExactly(
            "SessionsEnded",
            "SignInRefused",
            "SignedIn",
            "AgentJoined",
            "AgentChanged",
            "AgentInvited");
    assertThat(names("about=" + member.id() + "&name=SignedIn&name=SignInRefused"))
        .containsExactly("SignInRefused", "SignedIn");
    assertThat(names("about=" + member.id() + "&name=NothingOfTheKind")).isEmpty();
  }

  @Test
  void isFilteredByTime() {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    String of = "about=" + member.id();
    Instant joined =
        Instant.parse(
            api.get("/audit?name=AgentJoined&" + of).path("items").get(0).path("at").asString());
    assertThat(names(of + "&from=" + joined))
        .contains("AgentJoined")
        .doesNotContain("AgentInvited");
    assertThat(names(of + "&to=" + joined)).contains("AgentInvited").doesNotContain("AgentJoined");
    assertThat(api.send("GET", "/audit?from=yesterday", null, Map.of()).status()).isEqualTo(400);
  }

  @Test
  void isPagedAlsoWhereLittleIsFound() {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      JsonNode page =
          api.get(
              "/audit?limit=1&about=" + member.id() + (cursor == null ? "" : "&cursor=" + cursor));
      page.path("items").forEach(entry -> found.add(entry.path("name").asString()));
      cursor = page.path("next").isNull() ? null : page.path("next").asString();
    } while (cursor != null);
    assertThat(found).containsExactly("SignedIn", "AgentJoined", "AgentChanged", "AgentInvited");
  }

  /** The log is longer than one answer may look through. */
  @Test
  void aLongLogIsLookedThroughStretchByStretch() {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    JdbcClient jdbc = shopbell.bean(JdbcClient.class);
    jdbc.sql(
            """
            insert into fact (name, at, actor_kind, data)
            select 'NothingOfNote', now(), 'system', '{}' from generate_series(1, 45000)
            """)
        .update();
    try {
      assertThat(names("about=" + member.id() + "&name=AgentJoined"))
          .containsExactly("AgentJoined");
      assertThat(
              shopbell
                  .bean(dev.shopbell.platform.facts.AuditTrail.class)
                  .look(
                      null,
                      1,
                      new dev.shopbell.platform.facts.AuditTrail.Wanted(
                          null, true, null, member.id(), List.of(), null, null),
                      Duration.ofNanos(-1)))
          .satisfies(looked -> {
            assertThat(looked.found()).isEmpty();
            assertThat(looked.reached()).isNotNull();
          });
    } finally {
      jdbc.sql("delete from fact where name = 'NothingOfNote'").update();
    }
  }

  @Test
  void isExportedWithNothingThatASpreadsheetWouldRun() {
    String name = "=cmd|' /C calc'!A0 \"" + Inbox.word() + "\"";
    Colleague.Member member = Colleague.member(shopbell, Map.of("name", name));
    var export = api.download("/audit/export?by=" + member.id());
    assertThat(export.statusCode()).isEqualTo(200);
    assertThat(export.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(export.headers().firstValue("Content-Disposition").orElse(""))
        .contains("attachment", "audit.csv");
    String text = new String(export.body(), StandardCharsets.UTF_8);
    assertThat(text.lines().toList())
        .hasSize(4)
        .first()
        .isEqualTo(
            "\"at\",\"actor\",\"actorId\",\"actorName\",\"name\",\"conversationId\",\"detail\"");
    assertThat(text).contains("\"'=cmd|' /C calc'!A0 \"\"", "\"SignedIn\"").doesNotContain("\"=");
    assertThat(new CsvText("+1", "-1", "@x", "\t=1", "\r=1", "x=1").toString())
        .isEqualTo("\"'+1\",\"'-1\",\"'@x\",\"'\t=1\",\"'\r=1\",\"x=1\"\r\n");
    assertThat(member.browser().get("/audit/export").status()).isEqualTo(403);
  }
}
