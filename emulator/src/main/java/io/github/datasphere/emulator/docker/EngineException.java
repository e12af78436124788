package io.github.datasphere.emulator.docker;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The engine refused, failed or did not answer; the message holds its own words. An
 * {@link IOException}, since it can happen wherever its streams are read.
 */
public final class EngineException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final Pattern MESSAGE =
      Pattern.compile("\"message\"\\s*:\\s*\"(([^\"\\\\]|\\\\.)*)\"");

  private final int status;
  private final String advice;

  /**
   * A failure.
   *
   * @param status of HTTP; 0 if the engine did not answer
   */
  public EngineException(String message, int status, @Nullable Throwable cause) {
    this(message, status, "", cause);
  }

  private EngineException(String message, int status, String advice, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.advice = advice;
  }

  /** No engine can be asked, for this reason. */
  static EngineException unusable(String message, String advice, Throwable cause) {
    return new EngineException(message, 0, advice, cause);
  }

  /** What the user has set leads to no engine. */
  static EngineException misled(String message, String advice) {
    return new EngineException(message, 0, advice, null);
  }

  /** What docker-java throws, in the words of the engine. */
  public static EngineException of(RuntimeException failure) {
    if (failure instanceof DockerException refused) {
      return new EngineException(
          words(String.valueOf(refused.getMessage())), refused.getHttpStatus(), failure);
    }
    return new EngineException(
        "the container engine does not answer (" + root(failure).getMessage() + ")", 0, failure);
  }

  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** The text of an answer that tells an error. */
  static String words(String answer) {
    var match = MESSAGE.matcher(answer);
    return match.find()
        ? match.group(1).replace("\\n", " ").replaceAll("\\\\(.)", "$1").strip()
        : answer.strip();
  }

  /** Of HTTP; 0 if the engine did not answer. */
  public int status() {
    return status;
  }

  /** What to do about it, where that is known; else empty. */
  public String advice() {
    return advice;
  }

  public boolean isNotFound() {
    return status == NOT_FOUND;
  }

  /** The thing is not in a state for this, such as a container that is being removed already. */
  public boolean isConflict() {
    return status == CONFLICT;
  }

  /** Whether nothing answered at all. */
  public boolean isSilence() {
    return status == 0;
  }
}
