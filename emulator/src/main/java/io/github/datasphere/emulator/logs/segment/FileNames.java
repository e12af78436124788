package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.job.id.JobId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes file names for ids, which may be any text. */
final class FileNames {
  /** Ids that are safe as file names everywhere, also on a file system that ignores case. */
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private static final String SUFFIX = ".log";

  private FileNames() {}

  static String of(JobId job) {
    var id = job.value();
    return (PLAIN.matcher(id).matches() ? id : "_" + Sha256.hex(id)) + SUFFIX;
  }

  /** Returns the job of this file; empty if the name is none of ours. */
  static Optional<JobId> job(String name) {
    if (!name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    var id = name.substring(0, name.length() - SUFFIX.length());
    return PLAIN.matcher(id).matches() ? Optional.of(new JobId(id)) : Optional.empty();
  }
}
