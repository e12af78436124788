package io.github.datasphere.emulator.runner.docker.container;

import io.github.datasphere.emulator.runner.plan.SandboxPaths;

/** Where everything lies inside a container. */
public final class ContainerPaths {
  /** Files of the supervisor, in the container. */
  public static final String STATE = "/var/lib/datasphere-emulator";

  /** The same as in the cloud, except the log directory, which is the emulator's own choice. */
  public static final SandboxPaths LAYOUT =
      new SandboxPaths(SandboxPaths.CONTAINER_ROOT, "/var/log/datasphere-emulator");

  /** Where pip keeps its downloads, in the container. */
  public static final String PIP_CACHE = "/var/cache/datasphere-emulator-pip";

  private ContainerPaths() {}
}
