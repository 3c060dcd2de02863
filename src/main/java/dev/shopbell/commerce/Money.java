package dev.shopbell.commerce;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/**
 * An amount of money, never a fraction of what can be paid.
 *
 * @param minor in the smallest unit of the currency: cents, yen, fils
 * @param currency by ISO 4217, as {@code EUR}
 */
public record Money(long minor, String currency) implements Comparable<Money> {
  public static Money zero(String currency) {
    return new Money(0, currency);
  }

  /**
   * What shops write: {@code 12.30} with a point, whatever the language.
   *
   * @throws ArithmeticException if it is no amount that can be paid in the currency
   * @throws IllegalArgumentException if it is no number, or there is no such currency
   */
  public static long minor(String decimal, String currency) {
    return new BigDecimal(decimal.strip())
        .movePointRight(digits(currency))
        .setScale(0, java.math.RoundingMode.UNNECESSARY)
        .longValueExact();
  }

  /** The same, rounded half up: some shops write more digits than the currency has. */
  public static long roundedMinor(String decimal, String currency) {
    return new BigDecimal(decimal.strip())
        .movePointRight(digits(currency))
        .setScale(0, java.math.RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** As {@link #minor(String, String)} reads it. */
  public static String decimal(long minor, String currency) {
    return BigDecimal.valueOf(minor, digits(currency)).toPlainString();
  }

  /**
   * How many digits it has behind the point: 2 for most, 0 for the yen, 3 for the Kuwaiti dinar.
   *
   * @throws IllegalArgumentException if there is no such currency
   */
  public static int digits(String currency) {
    return Math.max(
        0, Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getDefaultFractionDigits());
  }

  /**
   * @throws IllegalArgumentException if the currencies differ
   * @throws ArithmeticException if it is more than a long holds
   */
  public Money plus(Money other) {
    return new Money(Math.addExact(minor, same(other).minor), currency);
  }

  public Money minus(Money other) {
    return new Money(Math.subtractExact(minor, same(other).minor), currency);
  }

  private Money same(Money other) {
    if (!other.currency.equals(currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up.");
    }
    return other;
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(minor, same(other).minor);
  }

  /** {@code 12.30 EUR}: for words in which the desk's language is not known. */
  @Override
  public String toString() {
    return decimal(minor, currency) + " " + currency;
  }
}
