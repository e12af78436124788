package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StrictModeTest {
  @Test
  void aTestThatLeavesNothingUndonePasses() {
    assertThat(Run.of(Clean.class).failures()).isEmpty();
  }

  @Test
  void aJobThatStillRunsFailsTheTestAndNamesTheLineThatExecutedIt() {
    assertThat(Run.of(LeavesAJob.class).failureText())
        .contains("is still EXECUTING, executed at", "Jobs.execute(Jobs.java:");
  }

  @Test
  void aScriptThatWasNeverRunFailsTheTestAndNamesItsLine() {
    assertThat(Run.of(LeavesAScript.class).failureText())
        .contains("a script was never run", "LeavesAScript.leaves(StrictModeTest.java:");
  }

  @Test
  void aJobWithoutScriptFailsTheTestAndNamesTheScriptsThereWere() {
    assertThat(Run.of(RunsWithoutScript.class).failureText())
        .contains("name 'other'", "ran without a script", "StrictModeTest.java:");
  }

  @Test
  void aFaultThatNeverHappenedFailsTheTestAndNamesItsLine() {
    assertThat(Run.of(LeavesAFault.class).failureText())
        .contains("a fault never happened", "LeavesAFault.leaves(StrictModeTest.java:");
  }

  @Test
  void anOpenStreamFailsTheTestAndNamesTheLineThatOpenedIt() {
    assertThat(Run.of(LeavesAStream.class).failureText())
        .contains("a call was left open", "ReadLogs", "LeavesAStream.leaves(StrictModeTest.java:");
  }

  @Test
  void withoutStrictModeNothingOfItFails() {
    assertThat(Run.of(Lenient.class).failures()).isEmpty();
  }

  private static ReadProjectJobLogsRequest logs(String id) {
    return ReadProjectJobLogsRequest.newBuilder().setJobId(id).build();
  }

  @DataSphereEmulator(strict = true)
  static class Clean {
    @Test
    void works(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofHours(1)));
      var id = Jobs.execute(jobs, "a");
      var stream = jobs.readLogs(logs(id));
      emulator.clock().advance(Duration.ofHours(1));
      assertThat(stream.hasNext()).isFalse();
    }
  }

  @DataSphereEmulator(strict = true)
  static class LeavesAJob {
    @Test
    void leaves(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofHours(1)));
      Jobs.execute(jobs, "a");
    }
  }

  @DataSphereEmulator(strict = true)
  static class LeavesAScript {
    @Test
    void leaves(Emulator emulator) {
      emulator.whenExecuted(job -> true).thenRun(script -> script.exits(1));
    }
  }

  @DataSphereEmulator(strict = true)
  static class RunsWithoutScript {
    @Test
    void leaves(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator.whenExecuted(job -> job.name().equals("train")).thenRun(script -> script.exits(1));
      Jobs.execute(jobs, "train");
      Jobs.execute(jobs, "other");
    }
  }

  @DataSphereEmulator(strict = true)
  static class LeavesAFault {
    @Test
    void leaves(Emulator emulator) {
      emulator.faults().on("Get").failWith(Status.UNAVAILABLE);
    }
  }

  @DataSphereEmulator(strict = true)
  static class LeavesAStream {
    @Test
    void leaves(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofHours(1)));
      var id = Jobs.execute(jobs, "a");
      jobs.readLogs(logs(id));
    }
  }

  @DataSphereEmulator
  static class Lenient {
    @Test
    void leaves(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator.faults().on("Get").failWith(Status.UNAVAILABLE);
      emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofHours(1)));
      jobs.readLogs(logs(Jobs.execute(jobs, "a")));
    }
  }
}
