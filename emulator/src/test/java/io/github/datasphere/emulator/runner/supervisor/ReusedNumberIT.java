package io.github.datasphere.emulator.runner.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine on which the number of a process that has just ended goes to another one at once, in a
 * namespace whose next number is ours to choose.
 */
class ReusedNumberIT {
  private static final List<String> NAMESPACE =
      List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc");

  /** Gives the number to a stranger between the notice of the end and the look for the process. */
  private static final String WITH_STRANGERS = """
      kill() {
        if [[ $1 == -0 && -z ${taken:-} ]] && ! builtin kill "$@" 2> /dev/null; then
          taken=yes
          (
            cd /
            stranger=
            until [[ $stranger == "$2" ]]; do
              [[ -z $stranger ]] || builtin kill -KILL "$stranger"
              echo "$(($2 - 1))" > /proc/sys/kernel/ns_last_pid
              env -i sleep 987654 < /dev/null > /dev/null 2>&1 &
              stranger=$!
            done
            # Before that it is a copy of us, which bears the mark of the job
            until [[ $(< "/proc/$stranger/comm") == sleep ]]; do :; done
            echo "$stranger" >> "$strangers"
          )
        fi
        builtin kill "$@"
      }
      strangers=$4
      . "$1" "$2" "$3"
      """;

  /** Process 1 is no shell of ours, and tells in the end whether the strangers still live. */
  private static final String FIRST = """
      DATASPHERE_EMULATOR_JOB=job/run bash -p -c "$0" bash "$@"
      while read -r stranger; do
        kill -0 "$stranger" && echo lives
      done < "$4"
      """;

  @TempDir
  Path folder;

  @Test
  void strangersWithNumbersOfTheJobNeitherHoldItsEndUpNorDie() throws Exception {
    assumeCanChooseNumbers();
    var token = Token.random();
    var process = start();
    var errors = CompletableFuture.runAsync(() -> discard(process));

    try (var requests = process.getOutputStream();
        var output = process.getInputStream()) {
      requests.write(Supervisor.run(token, Supervisor.Output.STREAMS, "command", Map.of()));
      requests.flush();
      var report = new EndMark(token).copy(output, (bytes, offset, length) -> {});
      assertThat(report).hasValue(new Report.Exited(3));

      requests.write(Supervisor.release());
      requests.flush();
      assertThat(output).asString(UTF_8).isEqualTo("lives\nlives\n");
    } finally {
      process.destroyForcibly();
    }
    assertThatCode(() -> errors.get(1, TimeUnit.MINUTES)).doesNotThrowAnyException();
  }

  private Process start() throws IOException {
    var program = folder.resolve("supervisor.sh");
    Files.writeString(program, Supervisor.program(Supervisor.Shell.BASH));
    var state = Files.createDirectory(folder.resolve("state"));
    Files.writeString(state.resolve("command"), "exit 3\n");
    var work = Files.createDirectory(folder.resolve("work"));
    var command = new ArrayList<>(NAMESPACE);
    command.addAll(List.of("sh", "-c", FIRST, WITH_STRANGERS));
    for (var path : List.of(program, state, work, folder.resolve("strangers"))) {
      command.add(path.toString());
    }
    return new ProcessBuilder(command).start();
  }

  private static void discard(Process process) {
    try (var errors = process.getErrorStream()) {
      errors.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assumeCanChooseNumbers() throws IOException, InterruptedException {
    var command = new ArrayList<>(NAMESPACE);
    command.addAll(List.of("sh", "-c", "echo 1000 > /proc/sys/kernel/ns_last_pid"));
    var can = new ProcessBuilder(command).start().waitFor() == 0;
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    assumeTrue(
        can || List.of(asked.split(",")).contains("namespaces"),
        "this machine gives its users no namespaces for processes");
  }
}
