package dev.shopbell.brands;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A shop.
 *
 * @param address from which its mail is sent; until it is set, an answer leaves from the address
 *     that the customer wrote to
 * @param fromName the name in From; the brand's name where there is none
 * @param color its accent, {@code #rrggbb}
 * @param logoUrl of its logo, below the address of the desk; anyone may have it
 * @param timeZone an IANA name
 */
public record Brand(
    long id,
    String name,
    @Nullable String address,
    @Nullable String fromName,
    String color,
    @Nullable String logoUrl,
    String timeZone,
    Instant createdAt) {

  public String sender() {
    return fromName == null ? name : fromName;
  }
}
