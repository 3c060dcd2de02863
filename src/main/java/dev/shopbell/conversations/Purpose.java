package dev.shopbell.conversations;

import org.jspecify.annotations.Nullable;

/** What a message of ours is. */
public enum Purpose {
  reply(DraftKind.reply),
  /** What was written here, shown to somebody else. */
  forward(DraftKind.forward),
  /** A mail passed on as it came, so that whoever gets it answers its sender. */
  redirect(null);

  private final @Nullable DraftKind draft;

  Purpose(@Nullable DraftKind draft) {
    this.draft = draft;
  }

  /** What it becomes again when it is taken back; null where nothing was written. */
  @Nullable DraftKind draft() {
    return draft;
  }
}
