/**
 * The database: an external PostgreSQL, or our own when none is configured. A command on the server
 * reaches it by {@link dev.shopbell.platform.database.InstallationDatabase}, also beside the
 * program.
 *
 * <p>{@link dev.shopbell.platform.database.EmbeddedPostgres} starts a server from the binaries on
 * the classpath, in a data folder that survives restarts. Around it:
 *
 * <pre>
 *   DataFolder        one program at a time; the password
 *   PostgresBinaries  unpacked once
 *   Privileges        as which user (PostgreSQL refuses to run as root)
 *   PostgresCluster   pg/: made by initdb, checked, never wiped; its settings
 *   Leftovers         server processes of an earlier life, found and stopped
 *   MajorUpgrade      from an older major version to the one that the program brings
 *   PostgresServer    one running postmaster: start, readiness, stop
 *   Watchdog          a process that stops the server when the program dies
 * </pre>
 *
 * <p>Mind: whoever signals a process first proves that it is PostgreSQL working in our folder. A
 * number in a pid file proves nothing, it may have been given to another process since.
 */
@NullMarked
package dev.shopbell.platform.database;

import org.jspecify.annotations.NullMarked;
