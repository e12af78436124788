package io.github.datasphere.emulator.cli.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that only listens for signals. It is in the same process group as we and the user's
 * program. A signal that it gets was sent to the whole group, as a terminal's keys and
 * {@code timeout} do, so the program has it already.
 */
final class GroupSignals implements AutoCloseable {
  /** Signals to a group do not arrive at all processes at the same moment. */
  private static final long UNTIL_ALL_ARE_SENT_MILLIS = 50;

  /** Answers each line with the signals that it got and an empty line; ends with its stdin. */
  private static final String PROGRAM = """
      trap 'echo INT' INT; trap 'echo TERM' TERM; trap 'echo HUP' HUP
      echo
      while :; do read -r line; case $? in 0) echo ;; 1) exit ;; esac; done
      """;

  private final Process process;
  private final BufferedReader answers;
  private final Set<String> heard = new HashSet<>();

  private GroupSignals(Process process) {
    this.process = process;
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII));
  }

  /** Starts one; null if there is no bash. Then every signal counts as sent to us alone. */
  static @Nullable GroupSignals start() {
    try {
      var builder = new ProcessBuilder(List.of("bash", "-c", PROGRAM));
      builder.environment().remove("BASH_ENV");
      var bystander = new GroupSignals(
          builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
      bystander.listen();
      return bystander;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether the whole group got this signal just now, as we did. */
  synchronized boolean heard(String signal) {
    try {
      TimeUnit.MILLISECONDS.sleep(UNTIL_ALL_ARE_SENT_MILLIS);
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      listen();
    } catch (IOException e) {
      // The bystander was killed, so the answer is unknown
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return heard.remove(signal);
  }

  private void listen() throws IOException {
    for (var line = answers.readLine(); line != null && !line.isEmpty(); ) {
      heard.add(line);
      line = answers.readLine();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
