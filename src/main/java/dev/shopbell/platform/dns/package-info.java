/** Questions to the domain name system, bounded in time and remembered for as long as they hold. */
@NullMarked
package dev.shopbell.platform.dns;

import org.jspecify.annotations.NullMarked;
