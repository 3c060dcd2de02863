package dev.shopbell.customers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What speaks for two customers being one person. */
class LikenessTest {
  private static Set<Likeness.Evidence> between(
      @Nullable String name, String address, @Nullable String otherName, String other) {
    Likeness.Person one = new Likeness.Person(1, 1, name, false, List.of(address), false);
    Likeness.Person two = new Likeness.Person(2, 1, otherName, false, List.of(other), false);
    Set<Likeness.Evidence> evidence = Likeness.evidence(one, two);
    Set<Long> shared = Likeness.keys(one);
    shared.retainAll(Likeness.keys(two));
    assertThat(shared.isEmpty())
        .as("found exactly where it is proposed")
        .isEqualTo(evidence.isEmpty());
    return evidence;
  }

  @Test
  void dotsOfGmailAndTagsReachTheSameMailbox() {
    assertThat(between(null, "anna.meier@gmail.com", "A", "annameier+shop@googlemail.com"))
        .containsExactly(Likeness.Evidence.same_mailbox);
    assertThat(between(null, "anna.meier@web.de", null, "annameier@web.de")).isEmpty();
  }

  @Test
  void typingErrorsInTheAddressCountWithTheSameName() {
    assertThat(
            between(
                "Anna Müller", "anna.mueller@gmail.com", "Muller, Anna", "anna.mueller@gmial.com"))
        .contains(Likeness.Evidence.near_address);
    assertThat(between("Anna Müller", "anna.mueller@gmx.de", "Ben Kurz", "anna.muellar@gmx.de"))
        .isEmpty();
  }

  @Test
  void anotherNumberInTheAddressIsNoTypingError() {
    assertThat(
            Likeness.evidence(
                new Likeness.Person(1, 1, "Anna Meier", false, List.of("anna84@gmx.de"), false),
                new Likeness.Person(2, 1, "Anna Meier", false, List.of("anna85@gmx.de"), false)))
        .isEmpty();
  }

  @Test
  void nameAtACompanyCountsAndAtAFreeProviderDoesNot() {
    assertThat(between("Anna Meier", "a.meier@lamps.example", "Anna Meier", "anna@lamps.example"))
        .containsExactly(Likeness.Evidence.same_company);
    assertThat(
            Likeness.evidence(
                new Likeness.Person(1, 1, "Anna Meier", false, List.of("blue.bird@gmx.de"), false),
                new Likeness.Person(2, 1, "Anna Meier", false, List.of("annie77@gmx.de"), false)))
        .isEmpty();
  }

  @Test
  void customersOfDifferentBrandsAreNeverCompared() {
    assertThat(
            Likeness.evidence(
                new Likeness.Person(1, 1, null, false, List.of("a@gmx.de"), false),
                new Likeness.Person(2, 2, null, false, List.of("a@gmx.de"), false)))
        .isEmpty();
  }
}
