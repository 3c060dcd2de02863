package dev.shopbell.channels.email.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AuthenticationResultsPropertyTest {
  @Property(tries = 1000)
  void anyTextIsRead(@ForAll("hostile") String text) {
    AuthenticationResults read = AuthenticationResults.parse(text);
    assertThat(read.methods()).hasSizeLessThanOrEqualTo(50);
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "mx.example",
            "dkim",
            "=",
            "pass",
            ";",
            "(",
            ")",
            "\"",
            "\\",
            " ",
            "\r\n\t",
            "/1",
            "header.d",
            "smtp.mailfrom",
            "@",
            "none",
            "ü",
            "\0");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(60).map(list -> String.join("", list)), Arbitraries.strings());
  }

  @Property(tries = 500)
  void whatAServerWritesIsReadHoweverItIsFolded(
      @ForAll("methods") List<AuthenticationResults.Method> methods, @ForAll("gaps") String gap) {
    StringBuilder text = new StringBuilder(gap + "mx.shop.example" + gap + "1" + gap);
    for (AuthenticationResults.Method method : methods) {
      text.append(";").append(gap).append(method.name()).append(gap).append("=").append(gap);
      text.append(method.result());
      method
          .properties()
          .forEach((key, value) ->
              text.append(gap)
                  .append(" ")
                  .append(key)
                  .append(gap)
                  .append("=")
                  .append(gap)
                  .append(value.matches("[a-z.@]+") ? value : '"' + value + '"'));
    }
    AuthenticationResults read = AuthenticationResults.parse(text.toString());
    assertThat(read.server()).isEqualTo("mx.shop.example");
    assertThat(read.methods())
        .usingRecursiveComparison()
        .ignoringFields("comment")
        .isEqualTo(methods);
  }

  @Provide
  Arbitrary<String> gaps() {
    return Arbitraries.of(" ", "\r\n\t", " (a; comment=pass (nested) \\) ) ", "  ");
  }

  @Provide
  Arbitrary<List<AuthenticationResults.Method>> methods() {
    return Combinators.combine(
            Arbitraries.of("spf", "dkim", "dmarc", "x-new"),
            Arbitraries.of("pass", "fail", "none", "temperror"),
            Arbitraries.maps(
                    Arbitraries.of("header.d", "smtp.mailfrom", "reason", "policy.x"),
                    Arbitraries.of("shop.example", "@a.example", "a; dkim=pass", "a (b) c"))
                .ofMaxSize(3))
        .as((name, result, properties) ->
            new AuthenticationResults.Method(name, result, Map.copyOf(properties), ""))
        .list()
        .ofMaxSize(4);
  }

  /** Real ones in form, with names of nobody. */
  @Test
  void knowsTheFormsOfTheLargeProviders() {
    AuthenticationResults google =
        AuthenticationResults.parse(
            """
             mx.google.com;
                   dkim=pass header.i=@shop.example header.s=s1 header.b="Xa=+/b";
                   spf=pass (google.com: domain of a@shop.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@shop.example;
                   dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=shop.example
            """);
    assertThat(google.server()).isEqualTo("mx.google.com");
    assertThat(google.methods()).extracting("name").containsExactly("dkim", "spf", "dmarc");
    assertThat(google.methods().get(2).comment()).contains("p=NONE");

    AuthenticationResults microsoft =
        AuthenticationResults.parse(
            "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=shop.example; dkim=none (message not signed)"
                + " header.d=none;dmarc=fail action=none header.from=shop.example;compauth=fail reason=001");
    assertThat(microsoft.server()).isEmpty();
    assertThat(microsoft.methods())
        .extracting("name")
        .containsExactly("spf", "dkim", "dmarc", "compauth");

    assertThat(AuthenticationResults.parse("mx.shop.example; none").methods()).isEmpty();
  }
}
