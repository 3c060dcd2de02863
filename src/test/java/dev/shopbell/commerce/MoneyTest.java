package dev.shopbell.commerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Money is whole in its smallest unit, in every currency. */
class MoneyTest {
  @Property
  void whatIsWrittenIsReadAgain(@ForAll long minor) {
    for (String currency : new String[] {"EUR", "JPY", "KWD"}) {
      assertThat(Money.minor(Money.decimal(minor, currency), currency)).isEqualTo(minor);
    }
  }

  @Test
  void eachCurrencyHasItsOwnSmallestUnit() {
    assertThat(Money.minor("12.30", "EUR")).isEqualTo(1_230);
    assertThat(Money.minor("1230", "JPY")).isEqualTo(1_230);
    assertThat(Money.minor("1.230", "KWD")).isEqualTo(1_230);
    assertThat(new Money(-5, "EUR")).hasToString("-0.05 EUR");
    assertThat(Money.roundedMinor("0.125", "EUR")).isEqualTo(13);
  }

  @Test
  void whatCannotBePaidIsRefused() {
    assertThatThrownBy(() -> Money.minor("0.001", "EUR")).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Money.minor("1", "XYZW")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Money(1, "EUR").plus(new Money(1, "USD")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
