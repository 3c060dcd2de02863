package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.RunningShopbell;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the desk speaks to an agent. */
class DeskLanguageTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api agent = Colleague.joins(shopbell, "agent");

  private String language() {
    return agent.get("/session").path("agent").path("deskLanguage").asString("");
  }

  private Api.Answer choose(String language) {
    return agent.send("PATCH", "/me", Map.of("deskLanguage", language), Map.of());
  }

  @Test
  void followsTheAgentUntilTheyLeaveItToTheBrowser() {
    assertThat(language()).isEmpty();
    assertThat(choose("de").json().path("deskLanguage").asString()).isEqualTo("de");
    assertThat(language()).isEqualTo("de");
    agent.send("PATCH", "/me", Map.of("title", "Support"), Map.of());
    assertThat(language()).as("what is not named stays").isEqualTo("de");
    choose("");
    assertThat(language()).isEmpty();
  }

  @Test
  void isALanguageTagAndNothingElse() {
    assertThat(choose("pt-BR").status()).isEqualTo(200);
    assertThat(choose("zh-Hant-TW").status()).isEqualTo(200);
    for (String wrong : new String[] {"German", "de_DE", "<b>", "d", "de-"}) {
      assertThat(choose(wrong).status()).as(wrong).isEqualTo(422);
    }
    assertThat(language()).isEqualTo("zh-Hant-TW");
  }
}
