package dev.shopbell.staff.oidc;

/**
 * Nobody gets in by the provider, this time. The message is written for owners, names nobody and
 * holds nothing that the provider or a stranger could have written freely.
 */
public final class ProviderTrouble extends Exception {
  private static final long serialVersionUID = 1;

  /** What is said to whoever signs in. */
  public enum Kind {
    /** They, or the provider for them, said no. */
    declined,
    /** Begun too long ago, in another browser, or ended already. */
    tooLate,
    /** The provider does not answer as it should. */
    unreachable,
    /** What stands here does not fit what stands at the provider. */
    misconfigured,
    /** The clocks of the two differ by too much. */
    clock,
    /** What came back is not proven to be the provider's answer to us. */
    untrusted,
    /** The provider does not say that the mail address was verified. */
    unproven,
    /** The mail address is not of a domain that may come in. */
    outside,
    /** Nobody here has the address. */
    unknown,
    /** The access of the agent has ended. */
    ended,
    /** The account belongs to somebody else here. */
    taken,
    /** The agent has another account at this provider. */
    other,
    /** Too many attempts from this network address. */
    tooMany
  }

  private final Kind kind;

  public ProviderTrouble(Kind kind, String words) {
    super(words, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public String words() {
    return String.valueOf(getMessage());
  }
}
