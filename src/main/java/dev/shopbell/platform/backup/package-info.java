/**
 * Backup and restore: the whole installation as one zip file, made while the program runs or not,
 * read back into any empty database.
 *
 * <pre>
 *   BackupCommand    {@code backup} and {@code restore} on the command line
 *   Backups          when one is due, who asked for one, what became of it
 *   BackupFolder     where the program's own ones lie, and which are kept
 *   ArchiveWriter    everything, in one snapshot, as a stream
 *   ArchiveReader    the way back
 *   Schema           what the database's own catalog tells of tables, keys and sequences
 * </pre>
 *
 * <p>An archive holds, in this order: {@code shopbell.json} (what made it), {@code secret.key}
 * unless the environment holds the key, a {@code tables/<name>} for each table as COPY writes it, a
 * {@code files/<sha-256>} for each file, {@code files.txt} (which there have to be) and {@code
 * end.json} (counts and checksums: without it the archive is cut). What means something only in the
 * server that it came from is left out: transaction ids are written as 1.
 *
 * <p>Mind: names in an archive are never made into paths; they must be names that the program
 * knows.
 */
@NullMarked
package dev.shopbell.platform.backup;

import org.jspecify.annotations.NullMarked;
