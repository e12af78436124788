package io.github.datasphere.emulator.client;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.client.config.ClientSizes;
import io.github.datasphere.emulator.client.logs.LogFolder;
import io.github.datasphere.emulator.client.logs.LogSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** What a run says: on the console and, its own lines, in the log folder too. */
final class RunLog implements LogSink.Screen {
  private final RunConsole console;
  private final LogFolder folder;

  RunLog(RunConsole console, LogFolder folder) {
    this.console = console;
    this.folder = folder;
  }

  LogFolder folder() {
    return folder;
  }

  RunConsole console() {
    return console;
  }

  @Override
  public void stdout(byte[] bytes) {
    console.stdout(bytes);
  }

  @Override
  public void stderr(byte[] bytes) {
    console.stderr(bytes);
  }

  @Override
  public void info(String line) {
    say(RunConsole.Level.INFO, line);
  }

  @Override
  public void underWay(String text) {
    console.underWay(text);
  }

  @Override
  public void warn(String line) {
    say(RunConsole.Level.WARNING, line);
  }

  void error(String line) {
    underWay("");
    say(RunConsole.Level.ERROR, line);
  }

  /** Says where to read on, with what is there (service-behaviour 5.7). */
  void listFiles() {
    folder.flush();
    info("see job log files at " + folder.path());
    try (var files = Files.list(folder.path())) {
      var sorted = files.sorted().toList();
      for (var file : sorted) {
        info("  * " + file.getFileName() + "  (" + ClientSizes.humanize(Files.size(file)) + ")");
      }
    } catch (IOException | UncheckedIOException e) {
      warn("cannot list them: " + PlainWarning.words(e));
    }
  }

  private void say(RunConsole.Level level, String line) {
    folder.own(level.name(), line);
    console.say(level, line);
    // Our own lines are flushed, too; from here the folder would be asked again
    folder.troubles().forEach(trouble -> console.say(RunConsole.Level.WARNING, trouble));
  }
}
