package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.JobResources.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the folders for the datasets, S3 connectors and project disk of a job (service-behaviour
 * 4.8 to 4.10).
 */
final class Mounts {
  private final Folders folders;
  private final SandboxPaths layout;

  Mounts(Folders folders, SandboxPaths layout) {
    this.folders = folders;
    this.layout = layout;
  }

  List<Mount> of(Job job) throws PreparationException {
    var mounts = new ArrayList<Mount>();
    for (var id : job.parameters().s3MountIds()) {
      var folder = folders.s3Connectors().get(id);
      var path =
          present("S3 connector", "s3-connectors", id, folder == null ? null : folder.path());
      var writable = folder != null && folder.writable();
      mounts.add(new Mount(s3Path(layout, id), path, writable, false, "S3 connector " + id));
    }
    for (var id : job.parameters().datasetIds()) {
      var path = present("dataset", "datasets", id, dataset(id));
      mounts.add(new Mount(datasetPath(layout, id), path, false, false, "dataset " + id));
    }
    if (job.parameters().attachProjectDisk()) {
      var disk = disk(job.projectId().value());
      mounts.add(new Mount(projectPath(layout), disk, true, true, "project disk"));
    }
    return mounts;
  }

  static String s3Path(SandboxPaths layout, String id) {
    return layout.resolve("s3/" + id);
  }

  static String datasetPath(SandboxPaths layout, String id) {
    return layout.resolve("datasets/" + id);
  }

  static String projectPath(SandboxPaths layout) {
    return layout.resolve("project");
  }

  private Path disk(String project) throws PreparationException {
    var own = folders.ownDisks().get(project);
    return own != null ? own : below(folders.projectDisks(), project);
  }

  /** Returns the folder of a configured dataset, or of one that an earlier job made. */
  private @Nullable Path dataset(String id) throws PreparationException {
    var configured = folders.datasets().get(id);
    return configured != null ? configured : below(folders.outputDatasets(), id);
  }

  /**
   * Returns a path below the folder. An id is any text that a client sends, so it is refused if it
   * would lead out of the folder.
   */
  private static Path below(Path folder, String id) throws PreparationException {
    if (!id.matches("[0-9A-Za-z_-]+")) {
      throw new PreparationException(
          "The id '" + id + "' cannot name a folder: letters, digits, - and _ can.");
    }
    return folder.resolve(id);
  }

  private static Path present(String what, String key, String id, @Nullable Path folder)
      throws PreparationException {
    if (folder == null) {
      throw new PreparationException("The job uses "
          + what
          + " "
          + id
          + ", which the emulator does not know: name a folder for it under '"
          + key
          + "' in the configuration file.");
    }
    return folder;
  }
}
