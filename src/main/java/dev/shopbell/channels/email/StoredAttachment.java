package dev.shopbell.channels.email;

/**
 * Content kept by a sink.
 *
 * @param sha256 lower-case hex
 * @param size in bytes, decoded
 */
record StoredAttachment(String sha256, long size) {}
