package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

class RegistrationTest {
  private static final Map<String, String> PARALLEL = Map.of(
      "junit.jupiter.execution.parallel.enabled", "true",
      "junit.jupiter.execution.parallel.mode.default", "concurrent");

  @Test
  void aFieldRegistersItWithSettings() {
    assertPasses(Run.of(OverTcp.class), 1);
  }

  @Test
  void itIsReachedOverTlsToo() {
    assertPasses(Run.of(OverTls.class), 1);
  }

  @Test
  void anInstanceForAllTestsGetsANewEmulatorForEach() {
    assertPasses(Run.of(OneInstance.class), 2);
  }

  @Test
  void filesAreServedAtThePortThatTheTestBeforeHasLeft() {
    assertPasses(Run.of(ServesFiles.class), 2);
  }

  @Test
  void testsInParallelDisturbNoOther() {
    assertPasses(Run.of(PARALLEL, InParallel.class), 40);
  }

  @Test
  void aSharedEmulatorKeepsWhatATestLeft() {
    assertPasses(Run.of(Shared.class), 2);
  }

  @Test
  void aSharedEmulatorIsRefusedToConcurrentTests() {
    var run = Run.of(PARALLEL, SharedConcurrently.class);
    assertThat(run.succeeded()).isZero();
    assertThat(run.failureText()).contains("share one emulator", "@Execution(SAME_THREAD)");
  }

  @Test
  void aMethodForAllTestsIsToldToTakeNone() {
    assertThat(Run.of(AskedTooEarly.class).failureText())
        .contains("each test has an emulator of its own", "lifetime = CLASS");
  }

  @Test
  void aFieldThatCantBeSetSaysWhichCan() {
    assertThat(Run.of(FinalField.class).failureText()).contains("neither static nor final");
  }

  @Test
  void aStubOfAnEarlierTestSaysWhatToChange() {
    assertThat(Run.of(KeepsItsStub.class).failureText())
        .contains("was closed when that ended", "KeepsItsStub.second");
  }

  private static void assertPasses(Run run, int tests) {
    assertThat(run.failures()).isEmpty();
    assertThat(run.succeeded()).isEqualTo(tests);
  }

  static class OverTcp {
    @RegisterExtension
    final DataSphereEmulatorExtension extension = DataSphereEmulatorExtension.builder()
        .transport(Transport.TCP)
        .prepare(emulator -> emulator.faults().on("Get"))
        .build();

    @Test
    void works(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      Jobs.execute(jobs, "a");
      assertThat(emulator.addresses().grpc()).isNotEmpty();
      assertThat(emulator.jobs()).hasSize(1);
      assertThat(emulator.faults().ordered()).hasSize(1);
    }
  }

  @DataSphereEmulator(transport = Transport.TLS)
  static class OverTls {
    @Test
    void works(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      Jobs.execute(jobs, "a");
      assertThat(emulator.jobs()).hasSize(1);
    }
  }

  @DataSphereEmulator
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstance {
    @FromEmulator
    private ProjectJobServiceBlockingStub jobs;

    @Test
    void one(Emulator emulator) {
      Jobs.create(jobs, "a");
      assertThat(emulator.jobs()).hasSize(1);
    }

    @Test
    void two(Emulator emulator) {
      one(emulator);
    }
  }

  @DataSphereEmulator
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class ServesFiles {
    private final Set<Integer> ports = new HashSet<>();

    @RepeatedTest(2)
    void works(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator.whenExecuted(job -> true).thenRun(script -> script.writes("model", "weights"));
      Jobs.execute(jobs, "a", "model");
      EmulatorAssertions.assertThat(emulator)
          .jobNamed("a")
          .file("model")
          .asString()
          .isEqualTo("weights");
      var job = emulator.jobs().get(0).getId();
      ports.add(emulator.downloadUrl(job, "model").orElseThrow().getPort());
      assertThat(ports).hasSize(1);
    }
  }

  @DataSphereEmulator
  static class InParallel {
    @RepeatedTest(40)
    void seesItsOwnJobAlone(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      Jobs.execute(jobs, "a");
      assertThat(emulator.jobs()).hasSize(1);
    }
  }

  @DataSphereEmulator(lifetime = Lifetime.CLASS)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  @Execution(ExecutionMode.SAME_THREAD)
  static class Shared {
    @BeforeAll
    static void seed(ProjectJobServiceBlockingStub jobs) {
      Jobs.create(jobs, "common");
    }

    @Test
    @Order(1)
    void leavesAJob(ProjectJobServiceBlockingStub jobs, Emulator emulator) {
      Jobs.create(jobs, "a");
      assertThat(emulator.jobs()).hasSize(2);
    }

    @Test
    @Order(2)
    void seesIt(Emulator emulator) {
      assertThat(emulator.jobs()).hasSize(2);
    }
  }

  @DataSphereEmulator(lifetime = Lifetime.CLASS)
  @Execution(ExecutionMode.CONCURRENT)
  static class SharedConcurrently {
    @Test
    void one(Emulator emulator) {}

    @Test
    void two(Emulator emulator) {}
  }

  @DataSphereEmulator
  static class AskedTooEarly {
    @BeforeAll
    static void seed(Emulator emulator) {}

    @Test
    void one() {}
  }

  @DataSphereEmulator
  static class FinalField {
    @FromEmulator
    private final String text = "";

    @Test
    void one() {}
  }

  @DataSphereEmulator
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  @Execution(ExecutionMode.SAME_THREAD)
  static class KeepsItsStub {
    private ProjectJobServiceBlockingStub kept;

    @Test
    @Order(1)
    void first(ProjectJobServiceBlockingStub jobs) {
      kept = jobs;
    }

    @Test
    @Order(2)
    void second() {
      Jobs.create(kept, "a");
    }
  }
}
