package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.Environment;
import io.github.datasphere.proto.jobs.JobParameters;
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
  void aStubWithoutScriptFailsTheTestAndSaysWhatIsMissing() {
    assertThat(Run.of(ForgetsTheScript.class).failureText())
        .contains(
            "ForgetsTheScript.orders(StrictModeTest.java:", "has no script: add thenRun(...)");
  }

  @Test
  void aJobWithoutScriptFailsTheTestAndSaysWhyTheNearestScriptWasNotForIt() {
    assertThat(Run.of(RunsWithoutScript.class).failureText())
        .containsPattern("job \\S+ \\(name 'other', cmd 'python train.py'\\) ran without a script:"
            + " the stub made at .*StrictModeTest.java:\\d+\\) said no when it saw"
            + " cmd 'python train.py' and name 'other' \\(nearest of 2 stubs\\)");
  }

  @Test
  void aFieldThatTheEmulatorIgnoresFailsTheTestAndNamesTheCall() {
    assertThat(Run.of(SetsAnIgnoredField.class).failureText())
        .contains("does not honour, [reason]", "ProjectJobService.Cancel", "called at", "Ignored");
  }

  @Test
  void aFieldOfANewerApiFailsTheTestToo() {
    assertThat(Run.of(SetsANewerField.class).failureText())
        .contains("[job_parameters.env.(unknown field 999)]");
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
  static class ForgetsTheScript {
    @Test
    void orders(Emulator emulator) {
      emulator.whenExecuted(job -> true);
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
      emulator
          .whenExecuted(job -> job.cmd().startsWith("python") && job.name().equals("train"))
          .thenRun(script -> script.exits(1));
      emulator
          .whenExecuted(job -> job.description().equals("second"))
          .thenRun(script -> script.exits(1));
      Jobs.execute(jobs, "train");
      Jobs.execute(jobs, "other");
    }
  }

  @DataSphereEmulator(strict = true)
  static class SetsAnIgnoredField {
    @Test
    void cancels(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      jobs.cancel(CancelProjectJobRequest.newBuilder()
          .setJobId(Jobs.create(jobs, "a"))
          .setReason("too dear")
          .build());
    }
  }

  @DataSphereEmulator(strict = true)
  static class SetsANewerField {
    @Test
    void creates(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      var newer = UnknownFieldSet.newBuilder()
          .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();
      jobs.create(CreateProjectJobRequest.newBuilder()
          .setProjectId("bt1project")
          .setJobParameters(JobParameters.newBuilder()
              .setCmd("true")
              .setEnv(Environment.newBuilder().setUnknownFields(newer))
              .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
          .build());
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
