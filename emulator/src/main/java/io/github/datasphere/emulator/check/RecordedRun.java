package io.github.datasphere.emulator.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a job did when it was recorded.
 *
 * @param prepared how long it was prepared before its command began
 * @param lasted how long its command and the storing of its outputs took; of one that was
 *     cancelled, until it ended by itself, which it never does
 * @param exitCode of its command; empty if the system failed
 * @param error the code's number and the text, if the system failed
 * @param failedEarly whether the system failed before the command began, {@code prepared} after the
 *     job was executed
 * @param progress what it reported last
 * @param outputs its outputs by path
 */
public record RecordedRun(
    Duration prepared,
    Duration lasted,
    List<Print> prints,
    OptionalInt exitCode,
    Failure error,
    boolean failedEarly,
    Optional<Progress> progress,
    Map<String, Output> outputs) {

  /**
   * A piece of a log.
   *
   * @param at since the command began; negative while it was prepared
   * @param log {@code out}, {@code err}, or the path of a log file
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Print(Duration at, String log, byte[] content) {}

  /** Progress in percent, with its text. */
  public record Progress(int percent, String text) {}

  /**
   * An output.
   *
   * @param isZipped whether it is a folder, of which the content is a zip archive
   */
  public record Output(String sha256, boolean isZipped) {}

  /** A failure of the system; 0 and an empty text if there was none. */
  public record Failure(int code, String text) {}
}
