/**
 * Whether mail comes from whom it names: SPF, DKIM and DMARC in and DKIM out, pure but for the DNS
 * answers that are handed in. Mind that everything here is written by strangers: nothing throws for
 * what a mail or a record says, and all work is bounded.
 */
@NullMarked
package dev.shopbell.channels.email.authentication;

import org.jspecify.annotations.NullMarked;
