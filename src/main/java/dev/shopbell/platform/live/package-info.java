/** The live connection of a browser: facts pushed as they happen, resumed after a drop. */
@NullMarked
package dev.shopbell.platform.live;

import org.jspecify.annotations.NullMarked;
