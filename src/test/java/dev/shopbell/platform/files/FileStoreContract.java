package dev.shopbell.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store of files promises. */
abstract class FileStoreContract {
  /** SHA-256 of "abc", as FIPS 180-4 gives it. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  abstract FileStore store();

  /** Where content waits that is on its way. */
  abstract Path incoming();

  private FileStore.StoredFile store(String content) throws IOException {
    return store().store(new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private List<FileStore.StoredFile> all() throws IOException {
    List<FileStore.StoredFile> all = new ArrayList<>();
    store().each(all::add);
    return all;
  }

  @Test
  void keepsTheSameContentOnceUnderItsHash() throws IOException {
    assertThat(store("abc")).isEqualTo(new FileStore.StoredFile(ABC, 3));
    assertThat(store("abc")).isEqualTo(new FileStore.StoredFile(ABC, 3));
    assertThat(store().has(ABC)).isTrue();
    assertThat(all()).containsOnlyOnce(new FileStore.StoredFile(ABC, 3));
    try (InputStream content = store().open(ABC)) {
      assertThat(content).hasBinaryContent("abc".getBytes(StandardCharsets.US_ASCII));
    }
    try (var left = Files.list(incoming())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void givesBackEveryByteOfWhatIsLargeAndOfWhatIsEmpty() throws IOException {
    byte[] large = new byte[5_000_001];
    new Random(7).nextBytes(large);
    for (byte[] content : List.of(large, new byte[0])) {
      String hash = store().store(new ByteArrayInputStream(content)).hash();
      try (InputStream stored = store().open(hash)) {
        assertThat(stored.readAllBytes()).isEqualTo(content);
      }
    }
  }

  @Test
  void saysOfWhatIsNotThereThatItIsNotThere() throws IOException {
    String nothing = "0".repeat(64);
    assertThat(store().has(nothing)).isFalse();
    assertThatThrownBy(() -> store().open(nothing)).isInstanceOf(NoSuchFileException.class);
    assertThat(store().delete(nothing, Instant.MAX)).isTrue();
    assertThatThrownBy(() -> store().open("../../../etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
    store().check();
  }

  @Test
  void removesOnlyWhatWasStoredBefore() throws IOException {
    String hash = store("to be removed " + System.nanoTime()).hash();
    assertThat(store().delete(hash, Instant.now().minusSeconds(60))).isFalse();
    assertThat(store().has(hash)).isTrue();
    assertThat(store().delete(hash, Instant.now().plusSeconds(60))).isTrue();
    assertThat(store().has(hash)).isFalse();
  }

  @Test
  void keepsNothingOfWhatBreaksOff() throws IOException {
    int before = all().size();
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[200_000]),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("cut");
              }
            });
    assertThatThrownBy(() -> store().store(broken)).hasMessageContaining("cut");
    assertThat(all()).hasSize(before);
    Path killed = Files.writeString(incoming().resolve("left-by-a-kill"), "half of it");
    store().removeUnfinished(Instant.now().minusSeconds(60));
    assertThat(killed).exists();
    store().removeUnfinished(Instant.now().plusSeconds(60));
    assertThat(killed).doesNotExist();
  }
}
