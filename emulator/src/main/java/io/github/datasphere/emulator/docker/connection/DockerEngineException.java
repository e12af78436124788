package io.github.datasphere.emulator.docker.connection;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The engine refused, failed or did not answer; the message has its own words. It is an
 * {@link IOException}, since it can happen wherever the engine's streams are read.
 */
public final class DockerEngineException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int LONGEST = 4_000;
  private static final Pattern MESSAGE =
      Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]++|\\\\.)*+)\"");

  private final int status;
  private final String advice;

  /**
   * Makes a failure.
   *
   * @param status HTTP status; 0 if the engine did not answer
   */
  public DockerEngineException(String message, int status, @Nullable Throwable cause) {
    this(message, status, "", cause);
  }

  private DockerEngineException(
      String message, int status, String advice, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.advice = advice;
  }

  /** Makes a failure: no engine can be asked, for this reason. */
  public static DockerEngineException unusable(
      String message, String advice, @Nullable Throwable cause) {
    return new DockerEngineException(message, 0, advice, cause);
  }

  /** Makes a failure: the user's settings lead to no engine. */
  static DockerEngineException misled(String message, String advice) {
    return new DockerEngineException(message, 0, advice, null);
  }

  /** Turns an exception of docker-java into a failure with the words of the engine. */
  public static DockerEngineException of(RuntimeException failure) {
    if (failure instanceof DockerException refused) {
      return new DockerEngineException(
          words(String.valueOf(refused.getMessage())), refused.getHttpStatus(), failure);
    }
    return new DockerEngineException(
        "the container engine does not answer (" + root(failure).getMessage() + ")", 0, failure);
  }

  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Returns the text of an answer that reports an error. */
  public static String words(String answer) {
    // For a longer text, the pattern would need more stack than there is
    var match =
        MESSAGE.matcher(answer.length() <= LONGEST ? answer : answer.substring(0, LONGEST) + '"');
    return match.find()
        ? match.group(1).replace("\\n", " ").replaceAll("\\\\(.)", "$1").strip()
        : answer.strip();
  }

  /** Returns the HTTP status; 0 if the engine did not answer. */
  public int status() {
    return status;
  }

  /** Says what to do about it, if that is known; else empty. */
  public String advice() {
    return advice;
  }

  public boolean isNotFound() {
    return status == NOT_FOUND;
  }

  /**
   * Whether the thing is in the wrong state for this, such as a container that is being removed
   * already.
   */
  public boolean isConflict() {
    return status == CONFLICT;
  }

  /** Whether the engine did not answer at all. */
  public boolean isSilence() {
    return status == 0;
  }
}
