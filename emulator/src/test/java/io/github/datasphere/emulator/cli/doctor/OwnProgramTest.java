package io.github.datasphere.emulator.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A command that is stopped leaves no program, whatever it was doing. */
class OwnProgramTest {
  private final ProcessBuilder sleep = new ProcessBuilder("sleep", "600");

  @Test
  void programEndsWithTheCommand() throws Exception {
    try (var own = new OwnProgram()) {
      var process = own.start(sleep);
      own.end();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void commandThatIsBeingStoppedStartsNone() {
    try (var own = new OwnProgram()) {
      own.end();
      assertThatThrownBy(() -> own.start(sleep))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("being stopped");
    }
  }
}
