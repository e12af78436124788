package io.github.datasphere.emulator.session.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.EventJson;
import io.github.datasphere.emulator.session.Header;
import io.github.datasphere.emulator.session.SessionJson;
import io.github.datasphere.emulator.session.SessionReader;
import io.github.datasphere.emulator.session.TimedEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Writes the lines of a recording. It takes nothing that was not redacted. */
final class SessionWriter implements AutoCloseable {
  private final EventJson json;
  private final BufferedWriter lines;
  private Duration last = Duration.ZERO;
  private long events;

  SessionWriter(Path folder, Header header, Api api) throws IOException {
    this.json = new EventJson(api);
    this.lines = Files.newBufferedWriter(folder.resolve(SessionReader.EVENTS), UTF_8);
    line(SessionJson.write(header.toJson()));
  }

  void write(RedactedEvent redacted) throws IOException {
    TimedEvent event = redacted.event();
    line(SessionJson.write(json.toJson(event)));
    last = event.at();
    events++;
  }

  /** Writes the line that shows that nothing is missing. */
  void finish() throws IOException {
    line(SessionJson.write(json.over(last, events)));
  }

  private void line(String text) throws IOException {
    lines.write(text);
    lines.write('\n');
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
