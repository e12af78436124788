package io.github.datasphere.emulator.runner.process;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.process.os.HostShell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose processes want to outlive them. Each notes its processes in the file pids. */
@EnabledOnOs(OS.LINUX)
class DaemonAttacksTest {
  /** Notes itself, says that it is there, and stays. */
  private static final String STAY = "echo $$ >> \"$P\"; exec sleep 1000";

  private static final String BEGIN = "export P=$PWD/pids; touch pids; ";
  private static final String END = "\nwhile [ ! -s pids ]; do sleep 0.05; done; echo end";

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "setsid sh -c 'STAY' &",
        "nohup sh -c 'STAY' > /dev/null 2>&1 & disown",
        "( ( sh -c 'STAY' & ) & )",
        "( setsid sh -c '( setsid sh -c \"( setsid sh stay & )\" & )' & )",
        "(cd /; env -i P=\"$P\" setsid sh -c 'STAY' &)",
        "(cd /; env -i P=\"$P\" setsid sh -c 'STAY' < /dev/null > /dev/null 2>&1 &)",
        "setsid sh -c 'trap \"\" TERM HUP INT QUIT; STAY' &",
        "setsid bash -c 'echo $$ >> \"$P\"; exec -a \"[kworker/0:1]\" sleep 1000' &",
        "setsid sh -c 'echo $$ >> \"$P\"; kill -STOP $$' &",
        "setsid sh -c 'umask 777; rm -rf ../state; STAY' &",
        "setsid sh -c 'for i in 1 2 3 4 5 6 7 8 9; do setsid sh stay & done; STAY' &",
        "setsid sh hop 15 &",
        "setsid sh -c 'trap \"setsid sh stay &\" TERM EXIT; echo $$ >> \"$P\";"
            + " while :; do sleep 0.1; done' &",
        "perl -e 'use POSIX; fork and exit; POSIX::setsid(); fork and exit; chdir q(/);"
            + " open F, q(>>), $ENV{P}; print F $$; close F; %ENV = (); exec qw(sleep 1000)'"
      })
  void nothingOfAJobOutlivesIt(String command) throws Exception {
    assumeThat(HostShell.find("perl", System.getenv())).isPresent();
    try (var harness = new RunnerHarness((ports, events) -> ProcessRunner.start(
        new ProcessSettings(
            folder.resolve("jobs"),
            Durability.LEASED,
            JobResources.within(folder),
            System.getenv()),
        ports,
        events))) {
      var job = job(BEGIN + command.replace("STAY", STAY) + END)
          .input(harness.file("stay", "", STAY))
          .input(harness.file("hop", "", """
              [ "$1" = 0 ] && exec sh stay
              setsid sh hop $(($1 - 1)) &
              """))
          .build();

      var ending = harness.run(job);

      assertThat(ending).isInstanceOfAny(Ending.Exited.class, Ending.Failed.class);
      assertThat(alive(job.id().value())).isEmpty();
    }
  }

  private List<Long> alive(String job) throws Exception {
    var pids = Files.readAllLines(folder.resolve("jobs").resolve(job).resolve("job/pids"));
    assertThat(pids).isNotEmpty();
    return pids.stream()
        .map(Long::valueOf)
        .filter(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
        .toList();
  }
}
