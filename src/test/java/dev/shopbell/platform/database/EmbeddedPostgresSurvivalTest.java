package dev.shopbell.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Program, watchdog and server are killed, each and together. */
class EmbeddedPostgresSurvivalTest extends EmbeddedPostgresFixture {
  private Process child;

  @AfterEach
  void killTheOtherProgram() {
    if (child != null) {
      child.destroyForcibly();
    }
  }

  @Test
  void comesBackOnTheSamePortWithEveryCommittedRowWhenTheServerIsKilled() throws Exception {
    try (EmbeddedPostgres postgres = start();
        Connection busy = connect(postgres)) {
      run(busy, "create table note (number int)");
      long first = postgres.postmasterPid();
      for (int number = 1; number <= 100; number++) {
        run(busy, "insert into note values (" + number + ")");
      }
      kill(first);
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> ask(postgres, "select count(*) from note").equals("100"));
      assertThat(postgres.postmasterPid()).isNotEqualTo(first);
    }
  }

  @Test
  void replacesAKilledWatchdogByOneThatStillWatches() throws Exception {
    Started program = startAnotherProgram();
    kill(program.watchdog());
    await().atMost(PATIENCE).until(() -> watchdogs(data).stream().anyMatch(program::isNewWatchdog));
    child.destroyForcibly().waitFor();
    await().atMost(PATIENCE).until(() -> workingIn(data).isEmpty());
  }

  @Test
  void stopsTheServerWhenTheProgramIsKilled() throws Exception {
    startAnotherProgram();
    assertThat(workingIn(data)).isNotEmpty();
    child.destroyForcibly().waitFor();
    await().atMost(PATIENCE).until(() -> workingIn(data).isEmpty());
    assertThat(data.resolve("pg/postmaster.pid")).doesNotExist();
    await().atMost(PATIENCE).until(() -> watchdogs(data).isEmpty());
  }

  @Test
  void takesOverTheServerOfAProgramKilledTogetherWithItsWatchdog() throws Exception {
    Started program = startAnotherProgram();
    // the program cannot replace a watchdog while it is stopped
    signal("STOP", child.pid());
    kill(program.watchdog());
    child.destroyForcibly().waitFor();
    assertThat(workingIn(data)).contains(program.postmaster());
    try (EmbeddedPostgres postgres = start()) {
      assertThat(ask(postgres, "select text from note")).isEqualTo("from the other program");
      assertThat(workingIn(data)).doesNotContain(program.postmaster());
    }
  }

  @Test
  void sparesAnotherProcessThatWasGivenTheNumberInAStalePidFile() throws Exception {
    start().close();
    Process innocent = new ProcessBuilder("sleep", "60").directory(data.toFile()).start();
    try {
      Files.writeString(data.resolve("pg/postmaster.pid"), innocent.pid() + "\n" + data + "/pg\n");
      start().close();
      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly();
    }
  }

  @Test
  void tellsASecondProgramThatTheFolderIsInUse() throws Exception {
    startAnotherProgram();
    assertThatThrownBy(this::start)
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("already in use by another Shopbell (process " + child.pid() + ")");
    child.destroyForcibly().waitFor();
    await().atMost(PATIENCE).until(() -> workingIn(data).isEmpty());
    try (EmbeddedPostgres first = start()) {
      assertThatThrownBy(this::start).hasMessageContaining("in use by this same program");
      assertThat(ask(first, "select 1")).isEqualTo("1");
    }
  }

  // ---- another program on the same folder

  record Started(long postmaster, long watchdog) {
    boolean isNewWatchdog(long pid) {
      return pid != watchdog;
    }
  }

  /** Started in a process of its own, to be killed. */
  static final class AnotherProgram {
    private AnotherProgram() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]));
      execute(
          postgres,
          "create table note (text text)",
          "insert into note values ('from the other program')");
      System.out.println("started " + postgres.postmasterPid() + " " + postgres.watchdogPid());
      new CountDownLatch(1).await();
    }
  }

  private Started startAnotherProgram() throws IOException {
    child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AnotherProgram.class.getName(),
                data.toString(),
                PROGRAMS.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = child.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("started ")) {
        String[] words = line.split(" ");
        return new Started(Long.parseLong(words[1]), Long.parseLong(words[2]));
      }
    }
    throw new AssertionError("The other program did not start");
  }

  private static void kill(long pid) {
    signal("KILL", pid);
  }

  private static void signal(String signal, long pid) {
    Leftovers.signal(signal, pid);
  }

  /** Those still alive that were started for this folder. */
  private static List<Long> watchdogs(Path data) {
    return ProcessHandle.allProcesses()
        .filter(process ->
            process
                .info()
                .arguments()
                .map(arguments ->
                    List.of(arguments)
                        .containsAll(List.of("shopbell-watchdog", data.resolve("pg").toString())))
                .orElse(false))
        .map(ProcessHandle::pid)
        .collect(Collectors.toList());
  }
}
