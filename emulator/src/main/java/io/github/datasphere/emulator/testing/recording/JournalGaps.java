package io.github.datasphere.emulator.testing.recording;

import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Warned;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Collects the calls of a journal that become a recording, and what that recording lacks. */
public final class JournalGaps {
  private final JournalEvents events;
  private final List<Long> numbers = new ArrayList<>();
  private final List<Event> closing = new ArrayList<>();
  private int early;

  public JournalGaps(JournalEvents events) {
    this.events = events;
  }

  /** Adds the next call. */
  public void add(long number, boolean isOpen) {
    if (!events.has(number)) {
      early++;
      return;
    }
    numbers.add(number);
    if (isOpen) {
      closing.add(
          new Event.Ended(number, "CANCELLED", "the recording ended", "recorder", new TreeMap<>()));
      closing.add(new Warned("Call " + number + " had not ended when the recording ended."));
    }
    if (events.missing(number) > 0) {
      closing.add(new Warned("Call " + number + " answered more than the journal keeps: its last "
          + events.missing(number) + " replies are missing."));
    }
  }

  /**
   * Returns the calls, ready to be written.
   *
   * @param dropped how many calls the journal has dropped
   */
  public JournalSession session(long dropped, JournalFiles files) {
    if (numbers.isEmpty()) {
      return new JournalSession(List.of(), List.of(), files);
    }
    if (early > 0) {
      closing.add(
          new Warned("Calls that came before the program asked for the journal are missing: "
              + early + ". Call journal() before the calls that it shall keep."));
    }
    if (dropped > 0) {
      closing.add(new Warned("The first " + dropped + " calls are missing: the journal keeps the"
          + " last ones only."));
    }
    return new JournalSession(events.of(numbers), closing, files);
  }
}
