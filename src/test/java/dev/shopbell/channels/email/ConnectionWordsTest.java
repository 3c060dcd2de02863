package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.RunningShopbell;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The connection test says what is wrong before anything is saved. */
class ConnectionWordsTest {
  private static final RunningShopbell SHOPBELL =
      RunningShopbell.start(Map.of("shopbell.allow-internal-hosts", "127.0.0.1"));

  @AfterAll
  static void stop() {
    SHOPBELL.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OK | null",
        "NO [AUTHENTICATIONFAILED] Authentication failed. | wrong_password",
        "NO [ALERT] Application-specific password required: see https://help.example | app_password_needed",
        "NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page | imap_disabled",
        "NO [UNAVAILABLE] Temporary authentication failure | busy",
      })
  void signInIsJudgedByWhatTheServerSays(String answer, String problem) {
    try (ScriptedImap imap = new ScriptedImap()) {
      imap.folder("Orders", "").folder("Drafts", "\\Drafts");
      imap.answersLogins(answer);
      JsonNode result = test("127.0.0.1", imap.port(), "none");
      assertThat(result.path("imap").path("problem").asString("null")).isEqualTo(problem);
      if (problem.equals("null")) {
        assertThat(result.path("folders").valueStream().map(JsonNode::asString))
            .containsExactly("Orders");
      }
    }
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    assertThat(problem("nowhere.invalid", 993, "tls")).isEqualTo("host_unknown");
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThat(problem("127.0.0.1", free, "none")).isEqualTo("not_listening");
    try (ScriptedImap imap = new ScriptedImap()) {
      assertThat(problem("127.0.0.1", imap.port(), "tls")).isEqualTo("wrong_security");
      assertThat(problem("127.0.0.1", imap.port(), "starttls")).isEqualTo("wrong_security");
    }
  }

  @Test
  void internalNetworksAreNotReachedUnlessAllowed() {
    try (ScriptedImap imap = new ScriptedImap()) {
      Object body =
          Map.of(
              "imap",
              Map.of("host", "127.0.0.2", "port", imap.port(), "security", "none"),
              "userName",
              "care@shop.example",
              "password",
              "secret");
      assertThat(
              RunningShopbell.shared()
                  .api()
                  .post("/mail-accounts/test", body)
                  .path("imap")
                  .path("problem")
                  .asString())
          .isEqualTo("internal_host");
      assertThat(problem("10.0.0.1", 143, "starttls")).isEqualTo("internal_host");
      assertThat(imap.commands()).isEmpty();
    }
  }

  @Test
  void wellKnownProvidersAreSetUpByTheAddress() {
    JsonNode gmail = presets("shop@gmail.com");
    assertThat(gmail.path("id").asString()).isEqualTo("google");
    assertThat(gmail.path("imap").path("host").asString()).isEqualTo("imap.gmail.com");
    assertThat(presets("shop@web.de").path("smtp").path("host").asString())
        .isEqualTo("smtp.web.de");
    assertThat(presets("shop@brass-bell.invalid").path("imap").path("host").asString())
        .isEqualTo("imap.brass-bell.invalid");
    assertThat(MailProvider.ofExchanger("brass-bell.mail.protection.outlook.com.").id())
        .isEqualTo("microsoft");
    assertThat(MailProvider.ofExchanger("mx00.kundenserver.de").id()).isEqualTo("ionos");
  }

  private static JsonNode presets(String address) {
    return SHOPBELL.api().get("/mail-accounts/presets?address=" + address).path("provider");
  }

  private static String problem(String host, int port, String security) {
    return test(host, port, security).path("imap").path("problem").asString("null");
  }

  private static JsonNode test(String host, int port, String security) {
    return SHOPBELL
        .api()
        .post(
            "/mail-accounts/test",
            Map.of(
                "imap",
                Map.of("host", host, "port", port, "security", security),
                "userName",
                "care@shop.example",
                "password",
                "secret"));
  }
}
