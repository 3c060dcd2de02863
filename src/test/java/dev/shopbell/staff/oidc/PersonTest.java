package dev.shopbell.staff.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose word for a mail address counts for what. */
class PersonTest {
  private static final String GOOGLE = "https://accounts.google.com";
  private static final String ENTRA =
      "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0";

  private static String mail(String issuer, Map<String, Object> claims) {
    return Person.of(issuer, "subject", claims).mail();
  }

  @Test
  void googleVouchesForItsOwnMailAndForThatOfItsWorkspaces() {
    Map<String, Object> gmail = Map.of("email", "Ada@gmail.com", "email_verified", true);
    assertThat(mail(GOOGLE, gmail)).isEqualTo("ada@gmail.com");
    Map<String, Object> own = Map.of("email", "ada@shop.example", "email_verified", true);
    assertThat(mail(GOOGLE, own)).as("an account that somebody made with it once").isNull();
    Map<String, Object> workspace =
        Map.of("email", "ada@shop.example", "email_verified", true, "hd", "shop.example");
    assertThat(mail(GOOGLE, workspace)).isEqualTo("ada@shop.example");
  }

  @Test
  void anAddressThatTurnsIntoAnothersInLowerCaseIsNobodys() {
    assertThat(
            mail(
                "https://club.example",
                Map.of("email", "\u212Aate@shop.example", "email_verified", true)))
        .isNull();
    assertThat(
            mail(
                "https://club.example",
                Map.of("email", "Kate@shop.example", "email_verified", "true")))
        .isEqualTo("kate@shop.example");
  }

  @Test
  void entraVouchesOnlyWhereItSaysThatTheDomainIsTheirs() {
    assertThat(mail(ENTRA, Map.of("email", "ada@shop.example"))).isNull();
    assertThat(mail(ENTRA, Map.of("email", "ada@shop.example", "email_verified", true))).isNull();
    assertThat(mail(ENTRA, Map.of("email", "ada@shop.example", "xms_edov", false))).isNull();
    assertThat(mail(ENTRA, Map.of("email", "ada@shop.example", "xms_edov", true)))
        .isEqualTo("ada@shop.example");
    assertThat(mail(ENTRA, Map.of("email", "ada@shop.example", "xms_edov", "1")))
        .isEqualTo("ada@shop.example");
  }
}
