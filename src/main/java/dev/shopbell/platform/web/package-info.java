/** The web's plumbing: problems, paging, permissions, idempotency, limits. */
@NullMarked
package dev.shopbell.platform.web;

import org.jspecify.annotations.NullMarked;
