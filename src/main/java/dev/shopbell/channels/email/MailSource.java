package dev.shopbell.channels.email;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of one mail as they came. They can be read from the start as often as needed. */
@FunctionalInterface
interface MailSource {
  InputStream open() throws IOException;

  static MailSource of(byte[] mail) {
    return () -> new ByteArrayInputStream(mail);
  }

  static MailSource of(Path mail) {
    return () -> Files.newInputStream(mail);
  }
}
