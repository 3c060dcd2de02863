package dev.shopbell.staff;

/** Which messages of customers an agent is told of by mail while away from the desk. */
public enum Notifications {
  off,
  /** Of conversations assigned to them. */
  mine,
  mine_and_unassigned
}
