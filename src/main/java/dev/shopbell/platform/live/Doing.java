package dev.shopbell.platform.live;

/** What somebody does at a conversation; the later one says more. */
enum Doing {
  reading,
  noting,
  replying
}
