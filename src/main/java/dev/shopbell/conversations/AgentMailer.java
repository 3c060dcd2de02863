package dev.shopbell.conversations;

/** A slot: whoever can write mail to agents. */
public interface AgentMailer {
  /**
   * Stages the mail that tells of a notification, and of those told with it, in the caller's
   * transaction.
   *
   * @param notificationId of the table {@code notification}
   */
  void stage(long notificationId);

  /** Sends an agent a mail for trial, now; says in words for people what became of it. */
  Trial test(long agentId);

  record Trial(boolean sent, String words) {}
}
