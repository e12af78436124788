package io.github.datasphere.emulator.logs.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.id.JobId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of files for ids, which may be any text. */
final class FileNames {
  /** Safe everywhere, also where a file system does not tell upper case from lower case. */
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private static final String SUFFIX = ".log";

  private FileNames() {}

  static String of(JobId job) {
    var id = job.value();
    return (PLAIN.matcher(id).matches() ? id : "_" + sha256(id)) + SUFFIX;
  }

  /** Whose file this is; empty if the name does not tell. */
  static Optional<JobId> job(String name) {
    if (!name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    var id = name.substring(0, name.length() - SUFFIX.length());
    return PLAIN.matcher(id).matches() ? Optional.of(new JobId(id)) : Optional.empty();
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
