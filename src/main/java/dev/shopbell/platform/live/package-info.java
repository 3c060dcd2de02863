/**
 * The live connection of a browser: facts pushed as they happen, resumed after a drop, and who else
 * is there. Two slots: {@link dev.shopbell.platform.live.Presences}, filled by {@code staff}, and
 * {@link dev.shopbell.platform.live.LiveSight}, filled by {@code conversations}.
 */
@NullMarked
package dev.shopbell.platform.live;

import org.jspecify.annotations.NullMarked;
