package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.ImagesConfig;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Row 6: a job in a container beside a container alone. */
final class DockerRow implements BenchRow {
  private static final int JOBS = 20;
  private static final int WARM_UP = 5;

  /** How often the client asks. */
  private static final long PAUSE_NANOS = 5_000_000;

  /** What a job may cost beyond its container. */
  private static final double MOST_MILLIS = 50;

  @Override
  public int number() {
    return 6;
  }

  @Override
  public String figure() {
    return "Execute to SUCCESS of `true` in Docker, median of " + JOBS;
  }

  @Override
  public Result measure() throws Exception {
    var image = System.getenv("DATASPHERE_EMULATOR_TEST_IMAGE");
    if (image == null) {
      throw new IllegalStateException("DATASPHERE_EMULATOR_TEST_IMAGE names no image");
    }
    try (var emulator = Emulator.start(config(image))) {
      var channel = ManagedChannelBuilder.forTarget(emulator.addresses().grpc())
          .usePlaintext()
          .build();
      var jobs = Services.stub(channel);
      var ours = new double[JOBS];
      var theirs = new double[JOBS];
      for (int i = -WARM_UP; i < JOBS; i++) {
        var job = job(jobs);
        var container = container(image);
        if (i >= 0) {
          ours[i] = job;
          theirs[i] = container;
        }
      }
      channel.shutdownNow();
      var bare = Quantity.median(theirs, "ms");
      return Result.of(
          Quantity.median(ours, "ms"),
          "docker run --rm IMAGE true",
          bare,
          Aim.atMost(Math.rint(bare.value() + MOST_MILLIS), "ms"));
    }
  }

  private static EmulatorConfig config(String image) {
    var config = EmulatorConfig.onFreePorts();
    var jobs = config.jobs();
    var images = new ImagesConfig(
        jobs.images().byId(),
        jobs.images().python(),
        Optional.of(image),
        jobs.images().pull(),
        jobs.images().registryMirror());
    return config.with(new JobsConfig(
        RunnerKind.DOCKER,
        jobs.sizing(),
        images,
        jobs.missingOutputs(),
        jobs.stopAtClose(),
        jobs.seed()));
  }

  private static double job(ProjectJobServiceBlockingStub jobs) throws IOException {
    var id = Services.create(jobs, "true");
    long start = System.nanoTime();
    Services.execute(jobs, id);
    while (jobs.get(Services.get(id)).getStatus() != JobStatus.SUCCESS) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double container(String image) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int code = new ProcessBuilder("docker", "run", "--rm", image, "true")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    if (code != 0) {
      throw new IllegalStateException("docker run ends with exit code " + code);
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
