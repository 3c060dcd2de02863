package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.staff.AuthenticatorApp;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody at the server lets an agent back in, while the program runs on another database. */
class RescueTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @TempDir Path temp;

  private int rescue(String... arguments) {
    return new RescueCommand(new PrintStream(out), new PrintStream(errors)).run(List.of(arguments));
  }

  private int rescue(String email) {
    return rescue("rescue", email, "--shopbell.database-url=" + shopbell.databaseUrl());
  }

  private String link() {
    Matcher link =
        Pattern.compile("/join/([a-z2-7]{40})\\s").matcher(out.toString(StandardCharsets.UTF_8));
    assertThat(link.find()).isTrue();
    return "/invitations/" + link.group(1);
  }

  private String words() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anOwnerWhoHasLostEverythingGetsIn() {
    Colleague.Member member = Colleague.member(shopbell, Map.of("role", "owner"));
    String key =
        member.browser().post("/me/authenticator-app", Map.of()).json().path("key").asString();
    Map<String, String> code = Map.of("code", AuthenticatorApp.code(key, 0));
    assertThat(member.browser().send("PUT", "/me/authenticator-app", code, true).status())
        .isEqualTo(200);
    assertThat(rescue(member.email().toUpperCase())).isEqualTo(RescueCommand.MADE);
    assertThat(new Browser(shopbell).signIn(member.email(), RunningShopbell.PASSWORD).status())
        .as("until the link is used nothing has changed")
        .isEqualTo(202);
    Browser browser = new Browser(shopbell);
    assertThat(browser.get(link()).json().path("rescue").asBoolean()).isTrue();
    Map<String, String> next = Map.of("password", "another long password");
    assertThat(browser.post(link(), next).status()).isEqualTo(200);
    assertThat(browser.get("/session").status()).isEqualTo(200);
    assertThat(member.browser().get("/session").status()).isEqualTo(401);
    assertThat(new Browser(shopbell).post(link(), next).status()).isEqualTo(404);
    assertThat(new Browser(shopbell).signIn(member.email(), next.get("password")).status())
        .as("without a second step")
        .isEqualTo(200);
    assertThat(shopbell.api().get("/audit?limit=30").toString())
        .contains("RescueLinkCreated", "PasswordChanged", "SecondStepWithdrawn");
  }

  @Test
  void whoeverIsUnknownOrHasNoAccessIsRefusedInClearWords() {
    String nobody = Inbox.address("nobody");
    assertThat(rescue(nobody)).isEqualTo(RescueCommand.REFUSED);
    assertThat(words()).contains(nobody, RunningShopbell.OWNER);
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    shopbell.api().patch("/agents/" + member.id(), Map.of("active", false));
    assertThat(rescue(member.email())).isEqualTo(RescueCommand.REFUSED);
    assertThat(words()).contains("has ended");
    assertThat(out.size()).isZero();
  }

  @Test
  void whatItCannotDoItSays() {
    assertThat(rescue("rescue")).isEqualTo(RescueCommand.WRONG);
    assertThat(rescue("rescue", "a@shop.example", "b@shop.example")).isEqualTo(RescueCommand.WRONG);
    assertThat(words()).contains("java -jar shopbell.jar rescue");
    String noFolder = "--shopbell.data=" + temp.resolve("elsewhere");
    assertThat(rescue("rescue", "a@shop.example", "--shopbell.database-url=", noFolder))
        .isEqualTo(RescueCommand.NO_DATABASE);
    assertThat(words()).contains("There is no database");
    String nobodyThere = "--shopbell.database-url=postgresql://a:b@127.0.0.1:1/shopbell";
    assertThat(rescue("rescue", "a@shop.example", nobodyThere))
        .isEqualTo(RescueCommand.NO_DATABASE);
    assertThat(words()).contains("does not answer");
  }
}
