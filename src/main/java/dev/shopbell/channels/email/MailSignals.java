package dev.shopbell.channels.email;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells a machine's mail from a person's.
 *
 * @param origin who seems to have written it
 * @param mailingList whether it came over a list, whoever wrote it
 * @param lists the addresses of those lists, as far as they are named
 * @param noAutoReply whether the sender asks for no automatic answer, or must not get one
 * @param report what it reports about a mail, such as a bounce
 * @param reasons what decided, in words for the agent, the most telling first
 */
record MailSignals(
    Origin origin,
    boolean mailingList,
    List<String> lists,
    boolean noAutoReply,
    @Nullable MailReport report,
    List<String> reasons) {

  enum Origin {
    PERSON,
    /** From an address that nobody reads, and nothing else tells of a program. */
    UNATTENDED,
    /** Sent by a program on its own account: a newsletter, a notification. */
    GENERATED,
    /** Sent by a program as the answer to a mail: out of office, a ticket confirmation. */
    AUTO_REPLY,
    /** Sent by a program that wants to know whether we are a person. */
    CHALLENGE,
    /** Sent by a mail system about a mail: a bounce, a delay, a receipt. */
    REPORT
  }

  /** Whether a program may answer this mail (RFC 3834, section 2). */
  boolean mayBeAnsweredByMachine() {
    return origin == Origin.PERSON && !mailingList && !noAutoReply;
  }

  boolean isBounce() {
    return report != null && report.isBounce();
  }
}
