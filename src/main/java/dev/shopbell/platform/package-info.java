/**
 * The ground floor: facts, tasks, live connections, files, the database, calls to others' addresses
 * and the web's plumbing.
 *
 * <p>It knows nothing of shops or mail. Rooms above append {@link dev.shopbell.platform.facts.Fact
 * facts} in the transaction of their change, read them through a {@link
 * dev.shopbell.platform.facts.FactConsumer}, and say on each endpoint who may call it with {@link
 * dev.shopbell.platform.web.Allow}. Mind that the fact log holds ids only.
 */
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package dev.shopbell.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
