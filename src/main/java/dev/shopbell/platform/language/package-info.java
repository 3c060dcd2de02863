/** Which language people write in. */
@NullMarked
package dev.shopbell.platform.language;

import org.jspecify.annotations.NullMarked;
