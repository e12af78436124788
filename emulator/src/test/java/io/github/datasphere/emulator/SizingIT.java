package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.emulator.config.Capacity;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.Fit;
import io.github.datasphere.emulator.config.ImagesConfig;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.OwnInstanceType;
import io.github.datasphere.emulator.config.PullPolicy;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.SizingConfig;
import io.github.datasphere.emulator.config.SwarmConfig;
import io.github.datasphere.emulator.config.WhenFull;
import io.github.datasphere.emulator.config.reading.ByteSize;
import io.github.datasphere.emulator.runner.docker.RealEngine;
import io.github.datasphere.emulator.wiring.InstanceSizes;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code types} promises is what a job finds (docs/containers.md). */
class SizingIT {
  /** Quota, period and memory limit, with either version of control groups. */
  private static final String LIMITS = """
      cd /sys/fs/cgroup
      if [ -e cpu.max ]; then cat cpu.max memory.max
      else echo $(cat cpu/cpu.cfs_quota_us cpu/cpu.cfs_period_us) && cat memory/memory.limit_in_bytes
      fi""";

  private static final OwnInstanceType TINY =
      new OwnInstanceType("tiny.1", 1, ByteSize.parse("640m"), 0, "", ByteSize.parse("0"));

  private static final Set<JobStatus> ENDED =
      Set.of(JobStatus.SUCCESS, JobStatus.ERROR, JobStatus.CANCELLED);

  private int machineCpus;

  @BeforeEach
  void findTheEngine() {
    try (var engine = RealEngine.connect()) {
      machineCpus = engine.facts().cpus();
    }
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void aJobFindsWhatTypesPromises(Fit fit) throws Exception {
    var config = config(fit, List.of("tiny.1", "c1.4", "c1.8"), Capacity.unlimited());
    try (var emulator = Emulator.inProcess(config);
        var client = new TestClient(emulator.channel())) {
      for (var size : InstanceSizes.of(config.jobs())) {
        if (size.offered() && size.gets().isPresent()) {
          var gets = size.gets().get();
          var job = create(client, LIMITS, size.name());
          client.executeCreated(job);
          // Memory is counted in pages
          assertThat(log(client, job, false))
              .as(size.name())
              .isEqualTo("%d 100000%n%d%n"
                  .formatted(Math.round(gets.cpus() * 100_000), gets.memoryBytes() / 4096 * 4096));
          assertThat(client.get(job).getActualCloudInstanceType().getName()).isEqualTo(size.name());
        }
      }
    }
  }

  @Test
  void scaleKeepsTheProportionOfTheTypes() {
    var config = config(Fit.SCALE, List.of("c1.4", "c1.8"), Capacity.unlimited());
    var cpus = InstanceSizes.of(config.jobs()).stream()
        .filter(InstanceSizes.InstanceSize::offered)
        .map(size -> size.gets().orElseThrow().cpus())
        .toList();
    assertThat(cpus.get(1)).isEqualTo(Math.min(8, machineCpus));
    assertThat(cpus.get(0)).isEqualTo(cpus.get(1) / 2);
  }

  @Test
  void strictRefusesWhatTheMachineHasNotAndTakesTheNextOfTheList() throws Exception {
    var config = config(Fit.STRICT, List.of(), Capacity.unlimited());
    try (var emulator = Emulator.inProcess(config);
        var client = new TestClient(emulator.channel())) {
      assertThatThrownBy(() -> create(client, "true", "g2.8", "c1.80"))
          .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(refused.getStatus().getDescription())
                .isEqualTo("Instance types g2.8, c1.80 are not available for your community");
          });

      var job = create(client, LIMITS, "g2.8", "tiny.1");
      client.executeCreated(job);
      assertThat(log(client, job, false)).isEqualTo("100000 100000%n%d%n".formatted(640 << 20));
      assertThat(client.get(job).getActualCloudInstanceType().getName()).isEqualTo("tiny.1");
      assertThat(log(client, job, true)).contains("tiny.1", "1 vCPU, 640 MiB");
    }
  }

  @Test
  void anEmulatorThatStartsLeavesTheJobsOfItsNeighboursAlone() throws Exception {
    var config = config(Fit.CLAMP, List.of(), Capacity.unlimited());
    try (var emulator = Emulator.inProcess(config);
        var client = new TestClient(emulator.channel())) {
      var job = create(client, "until [ -e /job/go ]; do sleep 0.1; done; echo mine", "tiny.1");
      client.executeCreated(job);
      awaitStatus(client, job, JobStatus.EXECUTING);

      try (var neighbour = Emulator.inProcess(config);
          var other = new TestClient(neighbour.channel())) {
        var its = create(other, "echo its", "tiny.1");
        other.executeCreated(its);
        assertThat(log(other, its, false)).isEqualTo("its\n");
      }

      release(job);
      assertThat(log(client, job, false)).isEqualTo("mine\n");
    }
  }

  @Test
  void ofTwoJobsThatFillTheBudgetOneWaits() throws Exception {
    // Of CPUs as many as the type has in the cloud, which may be more than here; of memory enough
    // for both
    var budget = new Capacity(
        OptionalInt.empty(), OptionalInt.of(4), Optional.of(ByteSize.parse("64g")), WhenFull.QUEUE);
    try (var emulator = Emulator.inProcess(config(Fit.CLAMP, List.of(), budget));
        var client = new TestClient(emulator.channel())) {
      // Ends when the second has been seen to wait: nothing here is to depend on speed
      var first = create(client, "until [ -e /job/go ]; do sleep 0.1; done", "c1.4");
      var second = create(client, "echo mine", "c1.4");
      client.executeCreated(first);
      client.executeCreated(second);
      awaitStatus(client, first, JobStatus.EXECUTING);

      assertThat(client.get(second).getStatus()).isEqualTo(JobStatus.PREPARING);

      release(first);
      awaitStatus(client, first, JobStatus.SUCCESS);
      assertThat(log(client, second, false)).isEqualTo("mine\n");
      assertThat(log(client, second, true)).contains("Waiting for room: this job takes 4.0 vCPU");
      awaitStatus(client, second, JobStatus.SUCCESS);
    }
  }

  private static void release(String job) throws Exception {
    try (var engine = RealEngine.connect()) {
      var container = engine
          .client()
          .listContainersCmd()
          .withLabelFilter(Map.of("io.github.datasphere.emulator.job", job))
          .exec()
          .get(0)
          .getId();
      var touch = engine
          .client()
          .execCreateCmd(container)
          .withCmd("touch", "/job/go")
          .withAttachStdout(true)
          .exec()
          .getId();
      engine.client().execStartCmd(touch).exec(new ResultCallback.Adapter<>()).awaitCompletion();
    }
  }

  private static EmulatorConfig config(Fit fit, List<String> offered, Capacity capacity) {
    var config = EmulatorConfig.onFreePorts();
    var jobs = config.jobs();
    return config.with(new JobsConfig(
        RunnerKind.DOCKER,
        new SizingConfig(fit, offered, List.of(TINY), capacity),
        new ImagesConfig(
            Map.of(),
            Map.of(),
            Optional.of(RealEngine.image()),
            PullPolicy.MISSING,
            Optional.empty()),
        jobs.missingOutputs(),
        jobs.stopAtClose(),
        jobs.seed(),
        SwarmConfig.none()));
  }

  private static String create(TestClient client, String command, String... types)
      throws InvalidProtocolBufferException {
    var parameters = JobParameters.newBuilder().setCmd(command);
    for (var type : types) {
      parameters.addCloudInstanceTypes(CloudInstanceType.newBuilder().setName(type));
    }
    return client
        .jobs
        .create(CreateProjectJobRequest.newBuilder()
            .setProjectId("bt1project")
            .setName("sized")
            .setJobParameters(parameters)
            .build())
        .getResponse()
        .unpack(CreateProjectJobResponse.class)
        .getJobId();
  }

  private static void awaitStatus(TestClient client, String job, JobStatus status) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(client.get(job).getStatus()).isEqualTo(status));
  }

  /** All that the job has printed, or what was said about it, once it has ended well. */
  private static String log(TestClient client, String job, boolean system) {
    var printed = new StringBuilder();
    var said = new StringBuilder();
    client
        .jobs
        .readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(job).build())
        .forEachRemaining(message -> message.getLogsList().forEach(log -> {
          if (!log.hasFilePath()) {
            printed.append(log.getContent().toStringUtf8());
          } else if (log.getFilePath().equals(".system.log")) {
            said.append(log.getContent().toStringUtf8());
          }
        }));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> ENDED.contains(client.get(job).getStatus()));
    assertThat(client.get(job).getStatus())
        .as("printed: %s; said: %s", printed, said)
        .isEqualTo(JobStatus.SUCCESS);
    return (system ? said : printed).toString();
  }
}
