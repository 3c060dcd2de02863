/**
 * Tells programs elsewhere what happens, by the scheme of Standard Webhooks.
 *
 * <p>Each {@link dev.shopbell.platform.webhooks.Webhook} has its own place in the log of facts and
 * is told what follows in order, by one node at a time: {@code WebhookWatch} notices what there is
 * to tell, {@code WebhookLine} tells it. Nothing is written for a fact until it was sent. The log
 * holds ids only, so rooms fill {@link dev.shopbell.platform.webhooks.WebhookContent} to say what
 * stands behind them, as seen by the agent who lends the webhook their eyes. Why so: docs/adr/0019.
 */
@NullMarked
package dev.shopbell.platform.webhooks;

import org.jspecify.annotations.NullMarked;
