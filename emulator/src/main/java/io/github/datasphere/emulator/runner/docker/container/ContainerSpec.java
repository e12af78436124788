package io.github.datasphere.emulator.runner.docker.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.VolumesFrom;
import io.github.datasphere.emulator.docker.ImageFacts;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Describes the container of a job to the engine. */
public final class ContainerSpec {
  private static final long NANOS = 1_000_000_000L;

  /** How many processes a job may have: enough for any program, too few for a fork bomb. */
  private static final long MOST_PROCESSES = 32_768;

  /**
   * The shared memory of a job is its memory divided by this. With Docker's own 64 MB, data loaders
   * of PyTorch fail.
   */
  private static final long SHARE_OF_MEMORY = 2;

  private static final String LOCAL_LOG = "local";

  /**
   * The engine's own log may be this large: far more than both logs of a job together may have
   * (service-behaviour 5.13).
   */
  private static final String LARGEST_LOG = "1g";

  private final DockerRunContext context;

  public ContainerSpec(DockerRunContext context) {
    this.context = context;
  }

  /**
   * Returns the request that creates the container.
   *
   * @param environment variables with which the supervisor starts
   */
  public CreateContainerCmd create(
      Job job,
      ImageFacts image,
      JobSize size,
      Map<String, String> environment,
      List<Mount> mounts,
      List<VolumesFrom> shared,
      Supervisor.Shell shell) {
    var variables = new ArrayList<String>();
    environment.forEach((name, value) -> variables.add(name + "=" + value));
    return context
        .engine()
        .client()
        .createContainerCmd(image.id())
        .withName("datasphere-job-" + job.id().value() + "-"
            + context.parts().ports().ids().nextSuffix())
        .withLabels(context.settings().ownership().labels(job.id().value()))
        .withUser("0")
        .withEnv(variables)
        .withWorkingDir(ContainerPaths.LAYOUT.root())
        .withEntrypoint(entrypoint(shell))
        .withCmd(
            "supervisor",
            ContainerPaths.STATE,
            ContainerPaths.LAYOUT.root(),
            "",
            ContainerPaths.LAYOUT.logs())
        .withStdinOpen(true)
        .withStdInOnce(context.parts().isLeased())
        .withAttachStdin(context.parts().isLeased())
        .withAttachStdout(true)
        .withAttachStderr(true)
        .withHostConfig(
            hostConfig(size, mounts).withVolumesFrom(shared.toArray(VolumesFrom[]::new)));
  }

  private HostConfig hostConfig(JobSize size, List<Mount> mounts) {
    var config = HostConfig.newHostConfig()
        .withAutoRemove(context.parts().isLeased())
        .withNanoCPUs((long) (size.cpus() * NANOS))
        .withMemory(size.memoryBytes())
        .withMemorySwap(size.memoryBytes())
        .withShmSize(size.memoryBytes() / SHARE_OF_MEMORY)
        .withPidsLimit(MOST_PROCESSES)
        .withLogConfig(logs())
        .withMounts(mounts);
    return size.gpus() == 0 ? config : config.withDeviceRequests(List.of(gpus(size)));
  }

  private static DeviceRequest gpus(JobSize size) {
    var request = new DeviceRequest().withCapabilities(List.of(List.of("gpu")));
    return size.gpuNames().isEmpty()
        ? request.withCount(size.gpus())
        : request.withDeviceIds(size.gpuNames());
  }

  /**
   * Chooses how the engine keeps the output. The output of a leased job is never read again. For
   * other jobs every byte has to be kept as it is; json-file replaces bytes that are not UTF-8, so
   * it is the second choice.
   */
  private LogConfig logs() {
    if (context.parts().isLeased()) {
      return new LogConfig(LogConfig.LoggingType.NONE);
    }
    return context.engine().facts().logDrivers().contains(LOCAL_LOG)
        ? new LogConfig(
            LogConfig.LoggingType.LOCAL, Map.of("max-size", LARGEST_LOG, "max-file", "2"))
        : new LogConfig(
            LogConfig.LoggingType.JSON_FILE, Map.of("max-size", LARGEST_LOG, "max-file", "2"));
  }

  private static List<String> entrypoint(Supervisor.Shell shell) {
    var program = Supervisor.program(shell);
    return switch (shell) {
      case BASH -> List.of("bash", "-p", "-c", program);
      case SH -> List.of("sh", "-c", program);
    };
  }
}
