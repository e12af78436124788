package io.github.datasphere.emulator.logs;

/**
 * Where a record comes from (service-behaviour 5.5).
 *
 * @param path empty for the standard streams
 */
public record LogSource(Kind kind, String path) {
  public static final LogSource STDOUT = new LogSource(Kind.STDOUT, "");
  public static final LogSource STDERR = new LogSource(Kind.STDERR, "");
  public static final LogSource SYSTEM = file(".system.log");
  public static final LogSource DOCKER_STATS = file(".docker_stats.tsv");
  public static final LogSource GPU_STATS = file(".gpu_stats.tsv");
  public static final LogSource PROGRESS = file("job_progress.jsonl");

  /** Kinds of sources, as the wire tells them apart. */
  public enum Kind {
    STDOUT,
    STDERR,
    FILE
  }

  public static LogSource file(String path) {
    return new LogSource(Kind.FILE, path);
  }

  /** Returns the source of this name: {@code stdout}, {@code stderr}, or the path of a file. */
  public static LogSource named(String name) {
    return switch (name) {
      case "stdout" -> STDOUT;
      case "stderr" -> STDERR;
      default -> file(name);
    };
  }

  public boolean isStandardStream() {
    return kind != Kind.FILE;
  }
}
