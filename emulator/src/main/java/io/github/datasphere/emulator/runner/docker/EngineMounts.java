package io.github.datasphere.emulator.runner.docker;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Folders of this machine and volumes of the engine, as a job's container sees them. */
final class EngineMounts {
  private final RunContext context;
  private final SystemLog log;

  EngineMounts(RunContext context, SystemLog log) {
    this.context = context;
    this.log = log;
  }

  List<Mount> of(JobPlan plan) throws IOException, PreparationException {
    var mounts = new ArrayList<Mount>();
    for (var mount : plan.mounts()) {
      mounts.add(bound(mount));
    }
    if (plan.python() != null && plan.python().installs()) {
      mounts.add(new Mount()
          .withType(MountType.VOLUME)
          .withSource(context.pipVolume())
          .withTarget(RunContext.PIP_CACHE)
          .withVolumeOptions(
              new VolumeOptions().withLabels(context.settings().ownership().labels())));
    }
    return mounts;
  }

  private Mount bound(io.github.datasphere.emulator.runner.plan.Mount mount)
      throws IOException, PreparationException {
    var folder = mount.folder().toAbsolutePath();
    if (mount.isMadeIfMissing()) {
      Files.createDirectories(folder);
    } else if (!Files.isDirectory(folder)) {
      throw new PreparationException("There is no directory " + folder + " for the " + mount.what()
          + ": make it, or name another.");
    }
    log.info("The " + mount.what() + " is " + folder + (mount.writable() ? "" : ", read only"));
    return new Mount()
        .withType(MountType.BIND)
        .withSource(folder.toRealPath().toString())
        .withTarget(mount.path())
        .withReadOnly(!mount.writable());
  }
}
