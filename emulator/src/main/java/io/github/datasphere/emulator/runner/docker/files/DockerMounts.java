package io.github.datasphere.emulator.runner.docker.files;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import com.github.dockerjava.api.model.VolumesFrom;
import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.docker.container.ContainerPaths;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Mounts folders of this machine and volumes of the engine into a job's container. An engine on
 * another machine does not see our folders, so the job gets volumes instead, which
 * {@link RemoteFolders} fills.
 */
public final class DockerMounts {
  private final DockerRunContext context;
  private final SystemLog log;

  public DockerMounts(DockerRunContext context, SystemLog log) {
    this.context = context;
    this.log = log;
  }

  public List<Mount> of(Job job, JobPlan plan) throws IOException, PreparationException {
    var mounts = new ArrayList<Mount>();
    if (job.parameters().workingStorage() != null) {
      mounts.add(ownVolume(ContainerPaths.LAYOUT.root()));
    }
    for (var mount : plan.mounts()) {
      mounts.add(mounted(mount));
    }
    if (installs(plan) && !context.parts().isLeased()) {
      mounts.add(ownVolume(ContainerPaths.PIP_CACHE).withSource(context.pipVolume()));
    }
    return mounts;
  }

  /** Returns the containers whose volumes the job's container shares. */
  public List<VolumesFrom> shared(JobPlan plan, String image) throws IOException {
    return installs(plan) && context.parts().isLeased()
        ? List.of(new VolumesFrom(context.pipCache().holder(image)))
        : List.of();
  }

  private static boolean installs(JobPlan plan) {
    return plan.python() != null && plan.python().installs();
  }

  private Mount mounted(io.github.datasphere.emulator.runner.plan.Mount mount)
      throws IOException, PreparationException {
    var folder = mount.folder().toAbsolutePath();
    if (mount.isMadeIfMissing()) {
      OwnerOnly.createDirectories(folder.resolveSibling(""));
      Files.createDirectories(folder);
    } else if (!Files.isDirectory(folder)) {
      throw new PreparationException(PathErrors.hidden(folder)
          .map(why -> "The " + mount.what() + " cannot be read at " + folder + ": " + why + ".")
          .orElse("There is no directory " + folder + " for the " + mount.what()
              + ": make it, or name another."));
    }
    if (!context.engine().facts().isLocal()) {
      log.info("The " + mount.what() + " is a copy of " + folder
          + (mount.writable()
              ? "; what the job writes there is copied back at its end"
              : "; what the job writes there is lost"));
      return ownVolume(mount.path());
    }
    log.info("The " + mount.what() + " is " + folder + (mount.writable() ? "" : ", read only"));
    return new Mount()
        .withType(MountType.BIND)
        .withSource(folder.toRealPath().toString())
        .withTarget(mount.path())
        .withReadOnly(!mount.writable());
  }

  /** Makes a volume without a name, which the engine removes with its container. */
  private Mount ownVolume(String path) {
    return new Mount()
        .withType(MountType.VOLUME)
        .withTarget(path)
        .withVolumeOptions(
            new VolumeOptions().withLabels(context.settings().ownership().labels()));
  }
}
