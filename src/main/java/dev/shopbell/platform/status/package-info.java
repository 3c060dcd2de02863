/**
 * Whether the installation is well: each room looks after its own part with a {@link
 * dev.shopbell.platform.status.Check}, and one page tells what is wrong in plain words and what to
 * do.
 */
@NullMarked
package dev.shopbell.platform.status;

import org.jspecify.annotations.NullMarked;
