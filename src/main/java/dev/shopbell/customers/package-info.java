/**
 * Who writes: customers and the identities they are known by. A customer belongs to one brand, so
 * that nothing of one shop shows in another. Two can be made one, and apart again; who may be the
 * same person is proposed. Owns {@code customer} and {@code identity}, and which fields the shop
 * has added to customers and to conversations. A person is exported and erased through {@link
 * dev.shopbell.customers.PersonalData}, which every room fills that keeps anything of people. Upper
 * rooms fill {@link dev.shopbell.customers.CustomerPart} with what they know, and one endpoint
 * answers with all parts.
 */
@NullMarked
package dev.shopbell.customers;

import org.jspecify.annotations.NullMarked;
