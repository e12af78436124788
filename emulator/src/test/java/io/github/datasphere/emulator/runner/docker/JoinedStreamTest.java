package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinedStreamTest {
  private final Token before = Token.random();
  private final Token token = Token.random();
  private final Token mark = Token.random();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final JoinedStream stream = new JoinedStream(
      new ContainerRecord(
          "c",
          "",
          token,
          List.of(Token.random(), before),
          List.of(mark),
          new PlanNames(Map.of(), Map.of(), "venv"),
          false,
          0,
          0),
      mark,
      told::write);

  @Test
  void whatScriptsBeforeTheCommandWroteIsNoOutput() throws Exception {
    log("of pip\n" + marked(before, "0") + "of the command\n" + marked(token, "0"));

    assertThat(told).hasToString("of the command\n");
    assertThat(stream.report()).contains(new Report.Exited(0));
  }

  @Test
  void whatComesAfterTheMarkIsTakenAsItComes() throws Exception {
    log("of pip\n" + marked(before, "0") + "first\n" + marked(mark, "mark"));
    live(marked(mark, "mark") + "second\n" + marked(token, "7"));

    assertThat(told).hasToString("first\nsecond\n");
    assertThat(stream.report()).contains(new Report.Exited(7));
  }

  private void log(String text) throws IOException {
    stream.takeFromLog(text.getBytes(UTF_8), 0, text.length());
  }

  private void live(String text) throws IOException {
    stream.takeLive(text.getBytes(UTF_8), 0, text.length());
  }

  private static String marked(Token token, String report) {
    return "\036" + token.text() + " " + report + "\n";
  }
}
