package io.github.datasphere.emulator.client.logs;

import org.jspecify.annotations.Nullable;

/** The files of a log folder. */
public enum LogFile {
  ALL("log.txt", null, false),
  STDOUT("stdout.txt", "OUT", false),
  STDERR("stderr.txt", "ERR", false),
  SYSTEM("system.log", "SYS", true),
  DOCKER_STATS("docker_stats.tsv", null, false),
  GPU_STATS("gpu_stats.tsv", null, false),
  PROGRESS("job_progress.jsonl", null, false);

  private final String fileName;
  private final @Nullable String mark;
  private final boolean timed;

  LogFile(String fileName, @Nullable String mark, boolean timed) {
    this.fileName = fileName;
    this.mark = mark;
    this.timed = timed;
  }

  public String fileName() {
    return fileName;
  }

  /** How its lines are marked in {@link #ALL}; null if they are not there. */
  @Nullable
  String mark() {
    return mark;
  }

  /** Whether each of its lines carries its time. */
  boolean isTimed() {
    return timed;
  }

  /** The file that the service means; null for a file of the user's own. */
  static @Nullable LogFile named(String path) {
    return switch (path) {
      case ".system.log" -> SYSTEM;
      case ".docker_stats.tsv" -> DOCKER_STATS;
      case ".gpu_stats.tsv" -> GPU_STATS;
      case "job_progress.jsonl" -> PROGRESS;
      default -> null;
    };
  }
}
