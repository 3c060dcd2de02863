/** HTML of strangers and of agents: made safe, and made text. */
@NullMarked
package dev.shopbell.platform.html;

import org.jspecify.annotations.NullMarked;
