package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The packaged program alone: its first start, and its commands. */
@Order(1)
class SurvivalIT {
  @TempDir Path temp;

  @Test
  void tellsAnOwnerWhoIsNotThereYetHowToBegin() {
    Map<String, String> nobody = Map.of("SHOPBELL_OWNER_EMAIL", "", "SHOPBELL_OWNER_PASSWORD", "");
    try (PackagedShopbell shopbell = new PackagedShopbell(temp.resolve("data"), nobody)) {
      shopbell.start();
      assertThat(shopbell.output()).doesNotContain("The cache for quick starts could not be made");
      String link =
          shopbell.output().replaceAll("(?s).*Set up the first owner: \\S*/join/(\\S+).*", "$1");
      JsonNode invitation = shopbell.api().get("/invitations/" + link);
      assertThat(invitation.path("purpose").asString()).isEqualTo("setup");

      shopbell
          .api()
          .post(
              "/invitations/" + link,
              Map.of("name", "Ada", "email", "ada@shop.example", "password", "correct horse"));
      assertThat(shopbell.api().get("/agents").path("items").get(0).path("role").asString())
          .as("the token of the environment is the first owner's")
          .isEqualTo("owner");
      assertThat(shopbell.api().send("GET", "/invitations/" + link, null, Map.of()).status())
          .isEqualTo(404);
    }
  }

  /** The link that was printed last. */
  private static String rescueLink(PackagedShopbell shopbell) {
    return shopbell
        .output()
        .replaceAll("(?s).*second step goes with it:\\s*\\S*/join/(\\S+).*", "$1");
  }

  @Test
  void letsItsOwnerBackInAndRemovesTheDemoShopByOneCommandEach() {
    Map<String, String> demo =
        Map.of("SHOPBELL_OWNER_EMAIL", "", "SHOPBELL_OWNER_PASSWORD", "", "SHOPBELL_DEMO", "true");
    try (PackagedShopbell shopbell = new PackagedShopbell(temp.resolve("data"), demo)) {
      shopbell.start();
      assertThat(shopbell.output()).contains("Demo sign-in: demo@shopbell.example");
      assertThat(shopbell.api().all("/conversations")).hasSizeGreaterThan(20);
      shopbell.stop();
      assertThat(shopbell.runToEnd("--remove-demo")).isZero();
      assertThat(shopbell.runToEnd("rescue", "demo@shopbell.example")).isZero();

      shopbell.start();
      shopbell
          .api()
          .post(
              "/invitations/" + rescueLink(shopbell),
              Map.of("password", "the owner is back again"));
      assertThat(shopbell.api().all("/conversations")).isEmpty();
      assertThat(shopbell.api().all("/customers")).isEmpty();
    }
  }
}
