package dev.shopbell.conversations.notifications;

import dev.shopbell.platform.facts.Fact;
import java.util.List;

/**
 * What these agents are told has changed.
 *
 * @param onlyFor their ids: no other browser hears of it
 */
record NotificationsChanged(List<Long> onlyFor) implements Fact {}
