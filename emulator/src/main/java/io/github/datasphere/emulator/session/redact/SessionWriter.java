package io.github.datasphere.emulator.session.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.EventLines;
import io.github.datasphere.emulator.session.Header;
import io.github.datasphere.emulator.session.SessionReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the lines of a recording. It takes nothing that was not redacted. */
final class SessionWriter implements AutoCloseable {
  private final BufferedWriter file;
  private final EventLines lines;

  SessionWriter(Path folder, Header header, Api api) throws IOException {
    this.file = Files.newBufferedWriter(folder.resolve(SessionReader.EVENTS), UTF_8);
    this.lines = new EventLines(file, header, api);
  }

  void write(RedactedEvent redacted) throws IOException {
    lines.write(redacted.event());
  }

  /** Writes the line that shows that nothing is missing. */
  void finish() throws IOException {
    lines.finish();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
