package io.github.datasphere.emulator.job.id;

import java.util.random.RandomGenerator;

/**
 * Makes ids: a three-character prefix and 17 characters of base32hex (service-behaviour 2.20).
 * Given a seeded generator the same ids come in every run. Safe for use by several threads.
 */
public final class IdSource {
  private static final String PREFIX = "bt1";
  private static final String BASE32HEX = "0123456789abcdefghijklmnopqrstuv";
  private static final String MIXED_ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String LOWER_ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789";

  private final RandomGenerator random;

  public IdSource(RandomGenerator random) {
    this.random = random;
  }

  public JobId nextJob() {
    return new JobId(next());
  }

  public OperationId nextOperation() {
    return new OperationId(next());
  }

  public ProjectId nextProject() {
    return new ProjectId(next());
  }

  /** An id of any other kind: a dataset's, a community's. */
  public String next() {
    return PREFIX + text(BASE32HEX, 17);
  }

  /**
   * The random part of a path that stands for a variable, such as {@code 7l2} (service-behaviour
   * 4.2).
   */
  public String nextSuffix() {
    return text(LOWER_ALPHANUMERIC, 3);
  }

  /** The random part of a venv's name, such as {@code 6Gi} (service-behaviour 4.16). */
  public String nextMixedCaseSuffix() {
    return text(MIXED_ALPHANUMERIC, 3);
  }

  private synchronized String text(String alphabet, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
