package io.github.datasphere.emulator.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.datasphere.emulator.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two emulators, between whose starts the machine's clock was set. */
class ClockStepIT {
  private static final Path STAT = Path.of("/proc/stat");
  private static final Pattern BOOT_TIME = Pattern.compile("btime (\\d+)");

  /** Linux counts processes from its start, and moves the time of that with the clock. */
  private static final String AFTER_A_STEP = "mount --bind \"$0\" /proc/stat && exec \"$@\"";

  @TempDir
  Path folder;

  @Test
  void aLivingEmulatorIsNoOrphanToOneThatStartsAfterAStepOfTheClock() throws Exception {
    var stat = Files.writeString(folder.resolve("stat"), anHourLater());
    assumeCanMount(stat);
    var owner = Ownership.ofProcess().owner();

    var other = ChildJvm.start(
        List.of("unshare", "--mount", "sh", "-c", AFTER_A_STEP, stat.toString()),
        Judge.class,
        List.of(owner, Long.toString(ProcessHandle.current().pid())),
        Ownership.class);

    try (var output = other.inputReader()) {
      assertThat(output.readLine()).isEqualTo("alive; its start is seen to move");
    }
  }

  /** Says whether an owner is dead, and whether Java gives its start as it was planted. */
  static final class Judge {
    private Judge() {}

    public static void main(String[] args) throws Exception {
      var seen = ProcessHandle.of(Long.parseLong(args[1]))
          .flatMap(process -> process.info().startInstant())
          .orElseThrow();
      var isMoved =
          seen.isAfter(Files.getLastModifiedTime(Path.of("/proc", args[1])).toInstant());
      System.out.println((Ownership.isDead(args[0]) ? "dead" : "alive")
          + (isMoved ? "; its start is seen to move" : "; its start is seen as before"));
    }
  }

  private static String anHourLater() throws Exception {
    assumeTrue(Files.isReadable(STAT), "this machine has no /proc/stat");
    return BOOT_TIME
        .matcher(Files.readString(STAT))
        .replaceFirst(time -> "btime " + (Long.parseLong(time.group(1)) + 3600));
  }

  private static void assumeCanMount(Path stat) throws Exception {
    var attempt = new ProcessBuilder(
            "unshare", "--mount", "sh", "-c", AFTER_A_STEP, stat.toString(), "true")
        .redirectErrorStream(true)
        .start();
    var words = new String(attempt.getInputStream().readAllBytes());
    if (attempt.waitFor(1, TimeUnit.MINUTES) && attempt.exitValue() == 0) {
      return;
    }
    var required = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (List.of(required.split(",")).contains("namespaces")) {
      fail(words);
    }
    assumeTrue(false, "this user may not mount: " + words);
  }
}
