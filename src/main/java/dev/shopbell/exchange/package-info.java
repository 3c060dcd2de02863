/**
 * What spans the whole installation: how it is set up, and its demo shop, loaded and removed
 * through the facades of the rooms below. Owns no table.
 */
@NullMarked
package dev.shopbell.exchange;

import org.jspecify.annotations.NullMarked;
