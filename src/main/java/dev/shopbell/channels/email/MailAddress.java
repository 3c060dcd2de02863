package dev.shopbell.channels.email;

import org.jspecify.annotations.Nullable;

/**
 * A mailbox as a header names it.
 *
 * @param name decoded, one line; null when there is none or when it only repeats the address
 * @param address local@domain, the domain in lower case
 */
record MailAddress(@Nullable String name, String address) {}
