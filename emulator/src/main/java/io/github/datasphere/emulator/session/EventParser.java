package io.github.datasphere.emulator.session;

/** Reads lines of events one after another, as {@link EventJson} wrote them. */
public final class EventParser {
  private final EventJson json;

  public EventParser(Api api) {
    this.json = new EventJson(api);
  }

  /**
   * Reads the next line.
   *
   * @throws SessionException if it is no event
   */
  public TimedEvent parse(String line) {
    return json.parse(new Line(line));
  }
}
