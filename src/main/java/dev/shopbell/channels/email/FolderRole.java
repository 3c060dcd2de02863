package dev.shopbell.channels.email;

/** What a folder of a mail account is for. */
enum FolderRole {
  inbox,
  /** Chosen by an owner besides the inbox. */
  other,
  /** What the mail server took for spam. */
  junk,
  /** What the shop answered before it was connected. */
  sent
}
