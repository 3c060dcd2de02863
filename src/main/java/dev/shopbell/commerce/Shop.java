package dev.shopbell.commerce;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shop system that is read and acted in, for one brand.
 *
 * @param kind of {@link ShopConnector#kind()}
 * @param address as its owner gave it
 * @param currency by ISO 4217; null until the shop has said it
 * @param hooked whether the shop tells us of changes; null where the owner has to enter {@code
 *     hookUrl} there
 * @param hookUrl where its webhooks come in
 * @param missing what our key may not do and should, in the shop's own names
 * @param trouble why the shop is not read, in words for its owner; null while it is
 * @param heardAt when it last called us
 * @param orders how far its orders are read
 */
public record Shop(
    long id,
    long brandId,
    String kind,
    String name,
    String address,
    @Nullable String currency,
    State state,
    @Nullable Boolean hooked,
    String hookUrl,
    List<String> missing,
    @Nullable String trouble,
    @Nullable Instant troubleSince,
    @Nullable Instant heardAt,
    Instant createdAt,
    @Nullable Progress orders,
    @Nullable Progress products) {
  public enum State {
    connected,
    paused,
    /** The shop does not let us in: its owner has to connect it anew. */
    refused
  }

  /**
   * @param since what has changed since then is read; null for all
   * @param endedAt null while it is at it
   * @param read how many so far
   * @param mended how many of them differed from what we knew
   */
  @Schema(name = "ShopProgress")
  public record Progress(
      @Nullable Instant since,
      Instant begunAt,
      @Nullable Instant endedAt,
      long read,
      long mended) {}
}
