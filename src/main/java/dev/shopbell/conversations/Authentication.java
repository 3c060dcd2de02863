package dev.shopbell.conversations;

import org.jspecify.annotations.Nullable;

/**
 * Whether a message's sender is who it says.
 *
 * @param reason for the verdict, in words for the agent
 * @param domain that vouches for the sender, or would have to
 * @param spf as RFC 8601 names results: pass, fail, softfail, neutral, none, temperror, permerror;
 *     the same for {@code dkim} and {@code dmarc}; null where it was not judged
 */
public record Authentication(
    Verdict verdict,
    String reason,
    @Nullable String domain,
    @Nullable String spf,
    @Nullable String dkim,
    @Nullable String dmarc) {
  public enum Verdict {
    passed,
    failed,
    /** There was nothing to judge by. */
    none,
    /** It could not be judged at the time. */
    unknown
  }

  /** By what a passed message shows that its address is the sender's, the strongest first. */
  public @Nullable String verifiedBy() {
    if (verdict != Verdict.passed) {
      return null;
    }
    return "pass".equals(dmarc) ? "dmarc" : "pass".equals(dkim) ? "dkim" : "spf";
  }
}
