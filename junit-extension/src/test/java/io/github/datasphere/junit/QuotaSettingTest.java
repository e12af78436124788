package io.github.datasphere.junit;

import static io.github.datasphere.junit.EmulatorAssertions.assertThat;
import static io.github.datasphere.proto.jobs.JobStatus.ERROR;
import static io.github.datasphere.proto.jobs.JobStatus.EXECUTING;
import static io.github.datasphere.proto.jobs.JobStatus.PREPARING;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QuotaSettingTest {
  @Test
  void anAnnotationSetsIt() {
    assertPasses(Run.of(Annotated.class));
  }

  @Test
  void aRegistrationSetsItBesideAConfiguration() {
    assertPasses(Run.of(Registered.class));
  }

  @Test
  void aTestSetsIt() {
    assertPasses(Run.of(SetByTheTest.class));
  }

  @Test
  void noJobAtAllIsRefusedInWords() {
    assertThat(Run.of(Negative.class).failureText()).contains("jobs must be at least 1, not -1");
    assertThat(Run.of(SetToNothing.class).failureText())
        .contains("a quota lets at least 1 job be active, not 0");
  }

  private static void assertPasses(Run run) {
    assertThat(run.failures()).isEmpty();
    assertThat(run.succeeded()).isEqualTo(1);
  }

  private static void assertRefusesTheSecond(
      Emulator emulator, ProjectJobServiceBlockingStub jobs) {
    emulator.givenJob(seed -> seed.status(EXECUTING));
    var beyond = Jobs.execute(jobs, "beyond");
    assertThat(emulator).job(beyond).hasStatus(PREPARING);
    emulator.clock().advance(ofSeconds(3));
    assertThat(emulator).job(beyond).hasStatus(ERROR);
    assertThat(Jobs.execution(jobs, beyond).getError().getMessage())
        .isEqualTo("Job execution quota exhausted");
  }

  @DataSphereEmulator(quota = 1)
  static class Annotated {
    @Test
    void works(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      assertRefusesTheSecond(emulator, jobs);
    }
  }

  static class Registered {
    @RegisterExtension
    final DataSphereEmulatorExtension extension = DataSphereEmulatorExtension.builder()
        .config(EmulatorConfig.onFreePorts())
        .quota(1)
        .build();

    @Test
    void works(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      assertRefusesTheSecond(emulator, jobs);
    }
  }

  @DataSphereEmulator
  static class SetByTheTest {
    @Test
    void works(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator.givenQuota(1);
      assertRefusesTheSecond(emulator, jobs);
    }
  }

  @DataSphereEmulator(quota = -1)
  static class Negative {
    @Test
    void never(Emulator emulator) {}
  }

  @DataSphereEmulator
  static class SetToNothing {
    @Test
    void fails(Emulator emulator) {
      emulator.givenQuota(0);
    }
  }
}
