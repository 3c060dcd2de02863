/** What has to happen at a time: db-scheduler, staged in the transaction of the change. */
@NullMarked
package dev.shopbell.platform.tasks;

import org.jspecify.annotations.NullMarked;
