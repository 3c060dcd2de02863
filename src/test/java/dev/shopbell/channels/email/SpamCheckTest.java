package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.conversations.Authentication;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpamCheckTest {
  private static final SpamCheck.Shop SHOP =
      new SpamCheck.Shop(Set.of("shop.example"), List.of("Green Teapots"), Set.of("mia muster"));
  private static final Authentication FAILED =
      new Authentication(
          Authentication.Verdict.failed, "It is not.", "shop.example", "fail", "none", "fail");

  private final MailFixture mail = new MailFixture();

  record Case(String name, boolean spam, boolean failed, String mail) {
    @Override
    public String toString() {
      return (spam ? "spam " : "ham ") + name;
    }
  }

  static List<Case> mails() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = SpamCheckTest.class.getResourceAsStream("/mail/spam.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String one : all.substring(all.indexOf("=== ")).split("(?m)^=== ")) {
        if (!one.isBlank()) {
          String line = one.substring(0, one.indexOf('\n'));
          String[] named = line.split(" ", 2);
          cases.add(
              new Case(
                  named[1],
                  named[0].equals("spam"),
                  line.endsWith("; failed"),
                  one.substring(one.indexOf('\n') + 1)));
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("mails")
  void tellsSpamFromCustomersMail(Case one) {
    // Whom a mail is to stands in nearly all of them.
    String text =
        one.mail().contains("\nTo: ") ? one.mail() : "To: help@shop.example\n" + one.mail();
    ParsedMail read = mail.parse(text);
    SpamScore score = SpamCheck.judge(read, SHOP, one.failed() ? FAILED : null);

    assertThat(score.isSpam()).as(score.toString()).isEqualTo(one.spam());
    assertThat(score.reason().isEmpty()).isEqualTo(score.points() <= 0);
  }

  @Test
  void takesAForgedColleagueForSpam() {
    ParsedMail read =
        mail.parse(
            """
            From: Boss <boss@shop.example>
            To: help@shop.example
            Subject: Payment

            Our bank details have changed, please make the swift copy today. Are you available?
            """);

    assertThat(SpamCheck.judge(read, SHOP, FAILED).isSpam()).isTrue();
    assertThat(SpamCheck.judge(read, SHOP, null).isSpam()).isFalse();
  }
}
