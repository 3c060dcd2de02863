/** Pictures that people upload to be shown, such as faces and logos: painted anew, and bounded. */
@NullMarked
package dev.shopbell.platform.pictures;

import org.jspecify.annotations.NullMarked;
