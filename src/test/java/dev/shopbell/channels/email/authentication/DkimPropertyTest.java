package dev.shopbell.channels.email.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.platform.dns.Dns;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.DKIMVerifier;

/** Our signatures and our judgement, each against Apache James, which is not ours. */
class DkimPropertyTest {
  private static final KeyPair KEYS = keys();
  private static final String RECORD =
      "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
  private static final Dns.Lookup DNS = (type, name) -> new Dns.Answer.Found(List.of(RECORD));

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1024);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Property(tries = 200)
  void othersAcceptWhatWeSign(@ForAll("bodies") String body, @ForAll("subjects") String subject)
      throws Exception {
    byte[] mail = mail(body, subject);
    String value =
        DkimSigner.sign(
            new DkimSigner.Key("shop.example", "s1", KEYS.getPrivate()),
            Instant.now(),
            out -> out.write(mail));
    DKIMVerifier verifier = new DKIMVerifier((method, selector, token) -> List.of(RECORD));
    assertThat(verifier.verify(new ByteArrayInputStream(signed("DKIM-Signature: " + value, mail))))
        .hasSize(1);
  }

  @Property(tries = 200)
  void weAcceptWhatOthersSignAndNothingElse(
      @ForAll("bodies") String body,
      @ForAll("subjects") String subject,
      @ForAll("forms") String form)
      throws Exception {
    byte[] mail = mail(body, subject);
    String field =
        new DKIMSigner(
                "v=1; a=rsa-sha256; d=shop.example; s=s1; c="
                    + form
                    + "; h=From:Subject:To; bh=; b=;",
                KEYS.getPrivate())
            .sign(new ByteArrayInputStream(mail));
    assertThat(result(signed(field, mail))).isEqualTo("pass");
    assertThat(result(signed(field, mail("x" + body, subject)))).isEqualTo("fail");
    assertThat(result(signed(field, mail(body, subject + "x")))).isEqualTo("fail");
  }

  private static String result(byte[] mail) throws Exception {
    InputStream in = new ByteArrayInputStream(mail);
    RawHead head = RawHead.read(in);
    return DkimVerifier.verify(head, in, DNS, Instant.now()).getFirst().result();
  }

  private static byte[] signed(String field, byte[] mail) {
    byte[] head = (field + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(head, head.length + mail.length);
    System.arraycopy(mail, 0, all, head.length, mail.length);
    return all;
  }

  private static byte[] mail(String body, String subject) {
    return ("From: a@shop.example\r\nTo: b@customers.example\r\nSubject:"
            + subject
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Never empty, and with an end to their last line: there Apache James strays from RFC 6376. */
  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.of("a", "Where is it?", " ", "\t", "\r\n", "\r\n\r\n", ".", "=20")
        .list()
        .ofMaxSize(30)
        .map(list -> "b" + String.join("", list) + "\r\n");
  }

  @Provide
  Arbitrary<String> subjects() {
    return Arbitraries.of("a", " ", "\t", "\r\n ", "b=c;", ":", "x")
        .list()
        .ofMaxSize(10)
        .map(list -> " s" + String.join("", list) + "e");
  }

  @Provide
  Arbitrary<String> forms() {
    return Arbitraries.of("relaxed/relaxed", "simple/simple", "relaxed/simple", "simple/relaxed");
  }
}
