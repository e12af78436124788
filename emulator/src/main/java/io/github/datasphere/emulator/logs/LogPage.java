package io.github.datasphere.emulator.logs;

import java.util.List;

/**
 * A sequence of records.
 *
 * @param nextIndex the index to ask for next
 * @param ended whether the log has ended and this page reaches its end
 */
public record LogPage(List<LogRecord> records, long nextIndex, boolean ended) {
  public LogPage {
    records = List.copyOf(records);
  }
}
