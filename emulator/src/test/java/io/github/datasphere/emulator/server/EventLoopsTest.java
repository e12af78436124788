package io.github.datasphere.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The JVM of a command that has served can end at once. */
class EventLoopsTest {
  @Test
  void aClosedServerLeavesNoThreadThatTheEndOfItsJvmWaitsFor() throws Exception {
    var child = new ProcessBuilder(ChildJvm.command(List.of(), Child.class))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (var output = child.inputReader()) {
      assertThat(output.lines()).containsExactly("closed");
      assertThat(child.waitFor(4, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.destroyForcibly();
    }
  }

  /** Starts and closes a server, then prints the threads that wait for the network. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      var config = EmulatorConfig.onFreePorts();
      Emulator.start(config.with(config.jobs().with(RunnerKind.SCRIPTED))).close();
      System.out.println("closed");
      Thread.getAllStackTraces().forEach((thread, trace) -> {
        if (trace.length > 0
            && trace[0].isNativeMethod()
            && trace[0].getClassName().matches(".*(Native|EPoll|KQueue|Net)")) {
          System.out.println(thread.getName() + " in " + trace[0]);
        }
      });
    }
  }
}
