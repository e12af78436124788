package io.github.datasphere.emulator.runner.progress;

import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.validation.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * The progress file of a job (service-behaviour 5.12). A program may rewrite one object or append
 * many, and may be in the middle of writing. The last complete object that tells a progress counts.
 */
public final class ProgressText {
  private static final int LONGEST_MESSAGE = 10_000;

  private ProgressText() {}

  /**
   * Reads the progress from the text; empty if it tells none.
   *
   * @param now stands in for a missing or unreadable {@code create_time}
   */
  public static Optional<Progress> parse(String text, Instant now) {
    for (int at = text.lastIndexOf('{'); at >= 0; at = text.lastIndexOf('{', at - 1)) {
      var progress = FlatJson.parse(text, at).flatMap(fields -> progress(fields, now));
      if (progress.isPresent() || at == 0) {
        return progress;
      }
    }
    return Optional.empty();
  }

  private static Optional<Progress> progress(Map<String, String> fields, Instant now) {
    var percent = percent(fields.getOrDefault("progress", ""));
    var message = fields.getOrDefault("message", "");
    if (percent.isEmpty()) {
      return Optional.empty();
    }
    var shown = Text.beginning(Text.wellFormed(message), LONGEST_MESSAGE);
    return Optional.of(
        new Progress(percent.get(), shown, time(fields.getOrDefault("create_time", ""), now)));
  }

  /** Rounds down, and limits the value to the range that clients accept. */
  private static Optional<Integer> percent(String text) {
    try {
      return Optional.of((int) Math.max(0, Math.min(100, Double.parseDouble(text))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Instant time(String text, Instant now) {
    var iso = text.strip().replace(' ', 'T');
    try {
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException e) {
      return withoutOffset(iso, now);
    }
  }

  private static Instant withoutOffset(String iso, Instant now) {
    try {
      return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return now;
    }
  }
}
