package dev.shopbell.platform.outgoing;

import java.io.IOException;

/** The address may not be called. The message is written for people and names no address inside. */
public final class AddressRefused extends IOException {
  private static final long serialVersionUID = 1;

  AddressRefused(String message) {
    super(message);
  }
}
