/** Content-addressed files behind one slot. */
@NullMarked
package dev.shopbell.platform.files;

import org.jspecify.annotations.NullMarked;
