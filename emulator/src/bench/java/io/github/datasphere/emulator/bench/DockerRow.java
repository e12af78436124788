package io.github.datasphere.emulator.bench;

import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
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
    try (var emulator = Containers.server()) {
      var channel = ManagedChannelBuilder.forTarget(emulator.addresses().grpc())
          .usePlaintext()
          .build();
      var jobs = Services.stub(channel);
      var ours = new double[JOBS];
      var theirs = new double[JOBS];
      for (int i = -WARM_UP; i < JOBS; i++) {
        var job = job(jobs);
        var container = container();
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

  private static double job(ProjectJobServiceBlockingStub jobs) throws IOException {
    var id = Services.create(jobs, "true");
    long start = System.nanoTime();
    Services.execute(jobs, id);
    JobStatus status;
    while ((status = jobs.get(Services.get(id)).getStatus()) != JobStatus.SUCCESS) {
      if (status == JobStatus.ERROR) {
        throw new IllegalStateException(jobs.get(Services.get(id)).getStatusDetails());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double container() throws IOException, InterruptedException {
    long start = System.nanoTime();
    var run = Containers.run(List.of(), "true");
    run.getInputStream().transferTo(OutputStream.nullOutputStream());
    Containers.end(run);
    return (System.nanoTime() - start) / 1e6;
  }
}
