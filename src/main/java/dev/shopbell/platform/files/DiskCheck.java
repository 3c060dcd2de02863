package dev.shopbell.platform.files;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether there is room where files and, mostly, the database lie. */
@Component
class DiskCheck implements Check {
  private static final long MB = 1_000_000;

  /** Two days of mail for a busy shop: 5 kB a message thrice over, 100,000 messages a day. */
  private static final long LITTLE = 3_000 * MB;

  private static final long NEXT_TO_NOTHING = 300 * MB;
  private static final String ADVICE =
      "Make room, or move the data folder to a larger disk. When nothing is left, mail is refused for a while and comes again; nothing that was taken is lost.";

  private final Path data;

  DiskCheck(Settings settings) {
    this.data = settings.data();
  }

  @Override
  public String checkName() {
    return "disk";
  }

  @Override
  public Finding look() {
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      Map<String, Object> values = Map.of("free", free / MB);
      String says = "{free} MB are free where the data lies.";
      return free < NEXT_TO_NOTHING
          ? Finding.broken(says, ADVICE, values)
          : free < LITTLE ? Finding.soon(says, ADVICE, values) : Finding.well(says, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
