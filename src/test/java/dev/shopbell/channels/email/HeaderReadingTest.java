package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.ProcessorTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderReadingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=?utf-8?Q?Gr=C3=BC=C3=9Fe?= | Grüße",
        "=?UTF-8?B?R3LDvA==?= =?UTF-8?B?w59l?= | Grüße",
        "=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?= | Grüße",
        "Re: =?iso-8859-1?q?Gr=FC=DFe?= und mehr | Re: Grüße und mehr",
        "=?utf-8?Q?two words unencoded?= | two words unencoded",
        "=?utf-8?Q?cut=C3=BC | cutü",
        "=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?= | Grüße",
        "=?x-unknown?Q?Gr=C3=BC=C3=9Fe?= | Grüße",
        "=?utf-8?B?R3LDvMOfZQ?= | Grüße",
        "=?utf-8?X?what?= | =?utf-8?X?what?=",
        "a =?= b | a =?= b",
        "=?utf-8?Q?a?=b=?utf-8?Q?c?= | abc",
        "=?utf-8?Q?=F0=9F=91=9F?= | 👟",
        "=?utf-8?Q?cut =?utf-8?Q?off?= | cut off",
        "=?utf-8?Q?half=C3=BC? | halfü",
        "=?utf-8?Q?=3D=3Futf-8=3FQ=3FGr=3DC3=3DBC=3DC3=3D9Fe=3F=3D?= | Grüße",
        "=?utf-8?Q?Gr=FC=DFe_aus_K=F6ln?= | Grüße aus Köln",
        "=?utf-7?Q?Gr+APwA3w-e?= | Grüße",
        "=?utf-8?Q?=ED=A0=BD=ED=B1=9F?= | 👟",
        "a\u2028b\u0085c\u200Bd | a b cd"
      })
  void decodesWordsHoweverBroken(String value, String meant) {
    assertThat(HeaderText.decode(value)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a@b.test | null:a@b.test",
        "<a@b.test> | null:a@b.test",
        "Ada <a@b.test> | Ada:a@b.test",
        "\"Brandt, Ada\" <a@b.test> | Brandt, Ada:a@b.test",
        "Brandt, Ada <a@b.test> | Brandt, Ada:a@b.test",
        "'Ada' <a@B.Test> | Ada:a@b.test",
        "a@b.test (Ada Brandt) | Ada Brandt:a@b.test",
        "\"c@d.test\" <a@b.test> | c@d.test:a@b.test",
        "\"a@b.test\" <a@b.test> | null:a@b.test",
        "=?utf-8?Q?Brandt,_Ada?= <a@b.test> | Brandt, Ada:a@b.test",
        "\"=?utf-8?Q?J=C3=B6rg?=\" <a@b.test> | Jörg:a@b.test",
        "=?utf-8?Q?Ada_=3Ca=40b.test=3E?= | Ada:a@b.test",
        "Ada <a@b.test | Ada:a@b.test",
        "Ada a@b.test> | Ada:a@b.test",
        "Ada <<a@b.test>> | Ada:a@b.test",
        "Ada <mailto:a@b.test> | Ada:a@b.test",
        "Ada < a @ b.test > | Ada:a@b.test",
        "\"Ada \\\"A\\\" B\" <a@b.test> | Ada \"A\" B:a@b.test",
        "Ada [mailto:a@b.test] | Ada:a@b.test",
        "“Ada” <a@b.test> | Ada:a@b.test",
        "\"<a@b.test>\" <a@b.test> | null:a@b.test",
        "\"mailto:a@b.test\" <a@b.test> | null:a@b.test",
        "\"Ada (a@b.test)\" <a@b.test> | Ada:a@b.test",
        "null <a@b.test> | null:a@b.test",
        "Ada via Acme <no-reply@acme.test> | Ada via Acme:no-reply@acme.test",
        "Jörg <j@müller.test> | Jörg:j@xn--mller-kva.test",
        "a@b.test (=?utf-8?Q?J=C3=B6rg?=) | Jörg:a@b.test",
        "\"john..doe\"@b.test | null:\"john..doe\"@b.test"
      })
  void readsTheSenderAsAPersonWould(String value, String meant) {
    MailAddress address = AddressHeader.first(value);

    assertThat(address).isNotNull();
    assertThat(address.name() + ":" + address.address()).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody",
        "<>",
        "@",
        "a@",
        "@b.test",
        "a b c",
        "undisclosed-recipients:;",
        "<a b>",
        "john at b.test"
      })
  void findsNoAddressWhereThereIsNone(String value) {
    assertThat(AddressHeader.parse(value)).isEmpty();
  }

  @Test
  void readsGroupsAndListsOfAnyKind() {
    assertThat(AddressHeader.parse("Team: a@b.test, C <c@d.test>; e@f.test; g@h.test,, "))
        .extracting(MailAddress::address)
        .containsExactly("a@b.test", "c@d.test", "e@f.test", "g@h.test");
  }

  @Test
  void readsHostileAddressFieldsInLinearTime() {
    Duration took =
        ProcessorTime.of(() -> {
          for (String piece :
              new String[] {"\"\\", "<", "(", "=?a?Q?", "<a,", "a@b,", "\"", "=?", "@", ":"}) {
            AddressHeader.parse(piece.repeat(200_000));
            HeaderText.decode(piece.repeat(200_000));
            HeaderParameters.parse("x; " + piece.repeat(200_000));
            MessageIds.first(piece.repeat(200_000));
          }
        });

    assertThat(took).isLessThan(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tue, 3 Mar 2026 10:11:12 +0100 | 2026-03-03T09:11:12Z",
        "3 Mar 2026 10:11 -0530 | 2026-03-03T15:41:00Z",
        "Tue, 03 Mar 26 10:11:12 EST | 2026-03-03T15:11:12Z",
        "Tue Mar  3 10:11:12 2026 | 2026-03-03T10:11:12Z",
        "2026-03-03T10:11:12+01:00 | 2026-03-03T09:11:12Z",
        "Tue, 3 Mar 2026 10:11:12 +0100 (CET) | 2026-03-03T09:11:12Z",
        "Tue, 3-Mar-2026 10.11.12 GMT | 2026-03-03T10:11:12Z"
      })
  void readsDates(String value, Instant meant) {
    assertThat(MailDate.parse(value)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "soon",
        "''",
        "32 Mar 2026 10:11",
        "3 Mar 0001 10:11",
        "1:2:3:4",
        "99:99 3 Mar 2026"
      })
  void takesNoDateForTheNextBest(String value) {
    assertThat(MailDate.parse(value)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "attachment; filename=\"a b.pdf\" | a b.pdf",
        "attachment; filename=a b.pdf | a b.pdf",
        "attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf | Grüße.pdf",
        "attachment; filename*0*=utf-8''Gr%C3; filename*1*=%BC%C3%9F; filename*2=\"e.pdf\" |"
            + " Grüße.pdf",
        "attachment; filename*0=\"a very \"; filename*1=\"long name.txt\" | a very long name.txt",
        "attachment; filename=\"=?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?=\" | Grüße.pdf",
        "attachment; filename=\"x.pdf\"; filename*=utf-8''y.pdf | y.pdf",
        "attachment; filename=\"C:\\docs\\a.doc\" | a.doc",
        "attachment; filename=\"../../etc/passwd\" | passwd",
        "attachment; filename=\"...\" | attachment",
        "attachment; filename=\"a;b.pdf\" | a;b.pdf",
        "attachment; filename=\"unclosed.pdf | unclosed.pdf",
        "attachment; filename*2*=%BC.pdf; filename*0*=utf-8''Gr; filename*1*=%C3 | Grü.pdf",
        "attachment; filename*=utf-8''Gr%FC%DFe.pdf | Grüße.pdf",
        "attachment; filename=\"Gr%C3%BC%C3%9Fe.pdf\" | Grüße.pdf",
        "attachment; filename=\"CON.txt\" | _CON.txt",
        "attachment; filename=\"abc\u202Egpj.exe\" | abcgpj.exe"
      })
  void readsFileNames(String disposition, String meant) {
    String name = HeaderParameters.parse(disposition).get("filename");

    assertThat(FileName.safe(name, "application/octet-stream")).isEqualTo(meant);
  }

  @Test
  void normalisesMessageIds() {
    assertThat(MessageIds.first(" <a@b> ")).isEqualTo("a@b");
    assertThat(MessageIds.first("a@b")).isEqualTo("a@b");
    assertThat(MessageIds.first("Your mail of Tuesday <a@b>")).isEqualTo("a@b");
    assertThat(MessageIds.first("<a\t@b>")).isEqualTo("a@b");
    assertThat(MessageIds.first("<>")).isNull();
  }
}
