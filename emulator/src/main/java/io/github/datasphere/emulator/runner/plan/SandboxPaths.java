package io.github.datasphere.emulator.runner.plan;

/**
 * Where a job lives, as its program sees it. In a container the root is {@code /job}, as on the
 * real service. A process of the host has a directory of its own instead, since many jobs cannot
 * share one {@code /job}. All paths that a job gets through variables begin with the root; a
 * command that spells out {@code /job/...} works in a container only.
 *
 * @param root absolute, without a slash at its end
 * @param logs absolute; the directory of the progress file (service-behaviour 5.12)
 */
public record SandboxPaths(String root, String logs) {
  /** The directory of the real service (service-behaviour 4.1). */
  public static final String CONTAINER_ROOT = "/job";

  String resolve(String relative) {
    return root + "/" + relative;
  }

  /** The file that {@code JOB_PROGRESS_FILENAME} names. */
  public String progressFile() {
    return logs + "/progress.json";
  }
}
