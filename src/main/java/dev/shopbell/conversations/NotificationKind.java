package dev.shopbell.conversations;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What an agent can be told, the most telling first: a line that tells of several bears the first
 * of theirs.
 *
 * <p>Usual is quiet: the desk shows what concerns the agent themselves; mail tells, once they have
 * not seen it there, where somebody waits for them in person; push only where a colleague calls
 * them by name. What merely goes on where they follow stays in the desk.
 */
public enum NotificationKind {
  mentioned(true, true, true),
  /** An answer of theirs could not be delivered. */
  failed(true, true, false),
  /** An answer that they had scheduled waits, since somebody wrote before it left. */
  held(true, true, false),
  /** Somebody else gave them a conversation. */
  assigned(true, true, false),
  /** A customer wrote in one of theirs. */
  answered(true, true, false),
  /** A colleague wrote a note in one of theirs. */
  noted(true, false, false),
  /** Customer or colleague wrote in one that they follow. */
  followed(true, false, false),
  /** One that was put off is due. */
  woken(true, false, false),
  /** A customer wrote in one that nobody has taken. */
  unassigned(false, false, false);

  private final Choice usual;

  NotificationKind(boolean desk, boolean mail, boolean push) {
    this.usual = new Choice(this, desk, mail, push);
  }

  /**
   * Where an agent wants to be told of a kind.
   *
   * @param mail only once it has not been seen in the desk
   */
  @Schema(name = "NotificationChoice")
  public record Choice(NotificationKind kind, boolean desk, boolean mail, boolean push) {
    public boolean isNothing() {
      return !desk && !mail && !push;
    }
  }

  public Choice usual() {
    return usual;
  }
}
