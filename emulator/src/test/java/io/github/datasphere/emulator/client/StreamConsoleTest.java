package io.github.datasphere.emulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void programOutputGoesToItsStreamUnchanged() {
    RunConsole console = console(false);

    console.stdout("a\n".getBytes());
    console.stderr("b".getBytes());

    assertThat(out).hasToString("a\n");
    assertThat(err).hasToString("b");
  }

  @Test
  void ownLinesGoToTheSecondStreamWithTheirLevel() {
    RunConsole console = console(false);

    console.say(RunConsole.Level.INFO, "one");
    console.say(RunConsole.Level.WARNING, "two");
    console.say(RunConsole.Level.ERROR, "three\nfour");

    assertThat(out.size()).isZero();
    assertThat(err).hasToString("one\nwarning: two\nerror: three\nerror: four\n");
  }

  @Test
  void transferIsABarOnATerminalThatGoesWhenItEnds() {
    RunConsole console = console(true);

    try (var bar = console.transfer("uploading a", 200)) {
      bar.advance(100);
    }

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("[###############...............]  50% uploading a")
        .endsWith("\r\u001b[K");
  }

  @Test
  void linesPassAboveTheBar() {
    RunConsole console = console(true);

    try (var bar = console.transfer("uploading a", 0)) {
      bar.advance(0);
      console.say(RunConsole.Level.INFO, "line");
    }

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("100% uploading a\r\u001b[Kline\n[")
        .endsWith("\r\u001b[K");
  }

  @Test
  void transferIsSilentElsewhere() {
    try (var bar = console(false).transfer("uploading a", 200)) {
      bar.advance(100);
    }

    assertThat(err.size()).isZero();
  }

  @Test
  void whatIsUnderWayIsShownUntilTheNextAndOnlyOnATerminal() {
    RunConsole console = console(true);

    console.underWay("Pulled 1.0 MB of 4.0 MB");
    console.say(RunConsole.Level.INFO, "line");
    console.underWay("");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("Pulled 1.0 MB of 4.0 MB\r\u001b[Kline\nPulled 1.0 MB of 4.0 MB\r\u001b[K");

    err.reset();
    console(false).underWay("Pulled 1.0 MB of 4.0 MB");
    assertThat(err.size()).isZero();
  }

  private RunConsole console(boolean terminal) {
    return new StreamConsole(new PrintStream(out, true), new PrintStream(err, true), terminal);
  }
}
