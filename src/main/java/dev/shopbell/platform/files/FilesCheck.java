package dev.shopbell.platform.files;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Whether files can be stored and read, and all that lie there are somebody's. */
@Component
class FilesCheck implements Check {
  private static final Logger log = LoggerFactory.getLogger(FilesCheck.class);

  private final FileStore files;
  private final OrphanFiles orphans;

  FilesCheck(FileStore files, OrphanFiles orphans) {
    this.files = files;
    this.orphans = orphans;
  }

  @Override
  public String checkName() {
    return "files";
  }

  @Override
  public Finding look() {
    try {
      files.check();
    } catch (IOException e) {
      log.warn("Files can be neither stored nor read: {}", e.toString());
      return Finding.broken(
          "Files can be neither stored nor read.",
          "Mail with attachments is refused for a while and comes again; nothing that was taken is lost. See that the disk can be written, or that the bucket can be reached; the log says why it cannot.",
          Map.of());
    }
    OrphanFiles.Count many = orphans.refused();
    return many == null
        ? Finding.well("Files can be stored and read.", Map.of())
        : Finding.soon(
            "{orphans} of {files} stored files belong to nothing in this database. None of them was removed.",
            "Does another Shopbell keep its files in the same place? Each needs a place of its own, by SHOPBELL_DATA or SHOPBELL_S3_PREFIX.",
            Map.of("orphans", many.orphans(), "files", many.files()));
  }
}
