package dev.shopbell.platform.backup;

import dev.shopbell.platform.database.InstallationDatabase;
import dev.shopbell.platform.files.FileStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an installation as one stream, in memory that does not grow with it. All tables are read
 * in one snapshot, by a transaction that writes nothing: it has no transaction id, so no reader of
 * the facts waits for it. The files are looked for afterwards: they never change, and what a row
 * names was durable before the row was.
 */
final class ArchiveWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BUFFER = 1 << 16;

  private final InstallationDatabase database;
  private final FileStore files;
  private final InstallationKey key;
  private final Progress progress;
  private final List<ArchiveEnd.Part> parts = new ArrayList<>();

  ArchiveWriter(
      InstallationDatabase database, FileStore files, InstallationKey key, Progress progress) {
    this.database = database;
    this.files = files;
    this.key = key;
    this.progress = progress;
  }

  /**
   * @param beside a store that gets the files that it does not have yet; where null they are
   *     written into the archive
   * @throws BackupException if there is nothing to be written
   */
  ArchiveEnd write(OutputStream out, @Nullable FileStore beside) throws IOException, SQLException {
    String secret = key.read();
    if (secret == null) {
      throw new BackupException(
          "There is no secret key in "
              + key.file()
              + ", without which a backup is worth little. Say with SHOPBELL_DATA where the data"
              + " folder is, or set SHOPBELL_SECRET_KEY as for the program itself.");
    }
    ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER));
    zip.setLevel(Deflater.BEST_SPEED);
    List<ArchiveEnd.Sequence> sequences;
    try (Connection connection = database.snapshot()) {
      Schema schema = new Schema(connection);
      List<Schema.Source> sources = schema.sources();
      json(zip, ArchiveHead.ENTRY, head(connection, schema, sources, secret));
      if (!key.inEnvironment()) {
        part(
            zip,
            ArchiveHead.KEY_ENTRY,
            to -> {
              to.write(secret.getBytes(StandardCharsets.UTF_8));
              return 0;
            });
      }
      progress.say("Writing " + sources.size() + " tables");
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      for (Schema.Source source : sources) {
        part(
            zip,
            ArchiveHead.TABLES + source.table().name(),
            to -> copies.copyOut(source.copy(), to));
      }
      // They are not part of a snapshot; read last, they are never behind the rows.
      sequences = schema.sequences();
    }
    long[] countAndBytes = writeFiles(zip, beside);
    ArchiveEnd end = new ArchiveEnd(parts, sequences, countAndBytes[0], countAndBytes[1]);
    json(zip, ArchiveEnd.ENTRY, end);
    zip.finish();
    zip.flush();
    return end;
  }

  private ArchiveHead head(
      Connection connection, Schema schema, List<Schema.Source> sources, String secret)
      throws SQLException {
    List<ArchiveHead.Migration> migrations = schema.migrations();
    if (migrations.isEmpty()) {
      throw new BackupException(
          "There is no Shopbell in this database: nothing to back up. Check SHOPBELL_DATABASE_URL"
              + " and SHOPBELL_DATA.");
    }
    return new ArchiveHead(
        ArchiveHead.FORMAT,
        BackupFolder.programVersion(),
        Instant.now(),
        connection.getMetaData().getDatabaseProductVersion(),
        migrations,
        sources.stream().map(Schema.Source::table).toList(),
        InstallationKey.check(secret),
        !key.inEnvironment());
  }

  private long[] writeFiles(ZipOutputStream zip, @Nullable FileStore beside)
      throws IOException, SQLException {
    long[] countAndBytes = new long[2];
    // Kept outside of memory: there may be a million.
    Path list = Files.createTempFile("shopbell", ".files");
    try {
      try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(list))) {
        progress.say("Writing the files");
        progress.step("the files");
        files.each(file -> {
          try {
            if (beside == null) {
              write(zip, file.hash());
            } else if (!beside.has(file.hash())) {
              keepBeside(beside, file.hash());
            }
          } catch (NoSuchFileException e) {
            // it was somebody's who is erased just now
            return;
          }
          lines.write((file.hash() + "\n").getBytes(StandardCharsets.US_ASCII));
          countAndBytes[0]++;
          countAndBytes[1] += file.size();
          progress.moved((int) Math.min(file.size(), Integer.MAX_VALUE));
        });
      }
      part(
          zip,
          ArchiveHead.FILE_LIST,
          to -> {
            Files.copy(list, to);
            return 0;
          });
    } finally {
      Files.delete(list);
    }
    return countAndBytes;
  }

  private void write(ZipOutputStream zip, String hash) throws IOException {
    try (InputStream content = files.open(hash)) {
      zip.putNextEntry(new ZipEntry(ArchiveHead.FILES + hash));
      content.transferTo(zip);
      zip.closeEntry();
    }
  }

  private void keepBeside(FileStore beside, String hash) throws IOException {
    try (InputStream content = files.open(hash)) {
      if (!beside.store(content).hash().equals(hash)) {
        throw new BackupException(
            "The file "
                + hash
                + " in the data folder is damaged: it does not hold what it once did. No backup was"
                + " made. Put it back from an earlier backup's folder “files”.");
      }
    }
  }

  private static void json(ZipOutputStream zip, String name, Object value) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(JSON.writeValueAsBytes(value));
    zip.closeEntry();
  }

  /** Writes a part's bytes; says how many rows they are. */
  private interface Content {
    long writeTo(OutputStream out) throws IOException, SQLException;
  }

  private void part(ZipOutputStream zip, String name, Content content)
      throws IOException, SQLException {
    progress.step(name);
    zip.putNextEntry(new ZipEntry(name));
    Counted counted = new Counted(zip);
    // COPY hands over one row at a time
    OutputStream buffered = new BufferedOutputStream(counted, BUFFER);
    long rows = content.writeTo(buffered);
    buffered.flush();
    zip.closeEntry();
    parts.add(
        new ArchiveEnd.Part(
            name, rows, counted.bytes, HexFormat.of().formatHex(counted.digest.digest())));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Counted extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest = sha256();
    private long bytes;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      digest.update(from, offset, length);
      out.write(from, offset, length);
      bytes += length;
      progress.moved(length);
    }
  }
}
