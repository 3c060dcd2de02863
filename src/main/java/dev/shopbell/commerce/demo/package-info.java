/**
 * The demo shop: a small shop system on our own tables, so that everything that can be done with
 * orders can be tried without a shop. It is a shop like all others to the rest of the room.
 */
@NullMarked
@NamedInterface("demo")
package dev.shopbell.commerce.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
