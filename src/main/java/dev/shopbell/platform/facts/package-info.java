/** The append-only log of what happened, and those who read it. */
@NullMarked
package dev.shopbell.platform.facts;

import org.jspecify.annotations.NullMarked;
