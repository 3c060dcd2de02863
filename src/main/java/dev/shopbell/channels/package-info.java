/**
 * How customers reach the shop, and the shop them: a folder for each channel. A channel fills
 * {@link dev.shopbell.conversations.Channel}; what it receives it stores first and understands
 * later.
 */
@NullMarked
package dev.shopbell.channels;

import org.jspecify.annotations.NullMarked;
