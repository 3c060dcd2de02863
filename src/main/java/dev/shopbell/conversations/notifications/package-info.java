/**
 * Who is told what happened: followers, notifications, how each agent wants to be told, and push to
 * their browsers. Part of the room {@code conversations}.
 *
 * <p>{@link dev.shopbell.conversations.notifications.NotifyAgents} reads the facts and writes a row
 * for each event and agent; {@link dev.shopbell.conversations.notifications.TellAgent} decides once
 * for each, where it is told besides the desk: by push, or by mail through the slot {@link
 * dev.shopbell.conversations.AgentMailer}, or not at all because the agent is there.
 */
@NullMarked
package dev.shopbell.conversations.notifications;

import org.jspecify.annotations.NullMarked;
