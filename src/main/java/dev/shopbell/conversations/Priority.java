package dev.shopbell.conversations;

public enum Priority {
  low,
  normal,
  high,
  urgent
}
