package io.github.datasphere.emulator.cli.doctor;

import io.github.datasphere.emulator.base.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Other programs of this machine, as a user with these variables finds them. */
final class ProgramSearch {
  private final Map<String, String> environment;

  ProgramSearch(Map<String, String> environment) {
    this.environment = environment;
  }

  /** How a program ended and all that it printed; a negative code if it did not end in time. */
  record Answer(int exitCode, String text) {
    boolean isGood() {
      return exitCode == 0;
    }

    String firstLine() {
      return text.lines().findFirst().orElse("");
    }

    String lastLine() {
      return text.lines().reduce((before, after) -> after).orElse("");
    }
  }

  Optional<Path> find(String name) {
    return SearchPath.find(environment, name).findFirst();
  }

  /** Runs a program; empty if there is none of this name. */
  Optional<Answer> ask(Duration patience, String name, String... arguments) {
    return find(name).map(program -> ask(patience, program, arguments));
  }

  private Answer ask(Duration patience, Path program, String... arguments) {
    var command =
        Stream.concat(Stream.of(program.toString()), Arrays.stream(arguments)).toList();
    try {
      return answer(patience, command);
    } catch (IOException e) {
      return new Answer(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(-1, "interrupted");
    }
  }

  private Answer answer(Duration patience, List<String> command)
      throws IOException, InterruptedException {
    var printed = Files.createTempFile("datasphere-emulator-doctor", ".txt");
    try (var own = new OwnProgram()) {
      // Where the command ends before the program has answered
      printed.toFile().deleteOnExit();
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(environment);
      // Write to a file: a pipe would stay open for as long as a child of the program lives
      var process = own.start(builder.redirectOutput(printed.toFile()));
      process.getOutputStream().close();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        own.end();
        return new Answer(-1, "no answer within " + patience.toSeconds() + " s");
      }
      return new Answer(process.exitValue(), text(printed));
    } finally {
      Files.deleteIfExists(printed);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
