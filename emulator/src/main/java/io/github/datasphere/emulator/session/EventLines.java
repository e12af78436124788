package io.github.datasphere.emulator.session;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;

/**
 * Writes the lines of a session: the first one, the events, and the last one, which shows that
 * nothing is missing. What it is given is written as it is, so it has to be redacted or masked.
 */
public final class EventLines {
  private final EventJson json;
  private final Writer out;
  private Duration last = Duration.ZERO;
  private long events;

  /** Writes the first line; the caller closes the writer. */
  public EventLines(Writer out, Header header, Api api) throws IOException {
    this.json = new EventJson(api);
    this.out = out;
    line(SessionJson.write(header.toJson()));
  }

  /** Writes the next event. */
  public void write(TimedEvent event) throws IOException {
    line(SessionJson.write(json.toJson(event)));
    last = event.at();
    events++;
  }

  /** Writes the last line. */
  public void finish() throws IOException {
    line(SessionJson.write(json.over(last, events)));
  }

  private void line(String text) throws IOException {
    out.write(text);
    out.write('\n');
  }
}
