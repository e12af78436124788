package io.github.datasphere.emulator.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A client that runs. */
record Started(Process process, Path outFile, Path errFile) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[\\d;]*m");

  /** Waits until it has printed this, to either stream. */
  Started untilItSays(String text) {
    await().atMost(PATIENCE).until(() -> said().contains(text) || !process.isAlive());
    assertThat(said()).contains(text);
    return this;
  }

  /** Waits until it has printed this so many times. */
  Started untilItSays(String text, int times) {
    await()
        .atMost(PATIENCE)
        .until(() -> said().split(Pattern.quote(text), -1).length > times || !process.isAlive());
    assertThat(said().split(Pattern.quote(text), -1)).hasSizeGreaterThan(times);
    return this;
  }

  Started signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
    return this;
  }

  /** Types a line. */
  Started answer(String line) throws IOException {
    var input = process.getOutputStream();
    input.write((line + "\n").getBytes(UTF_8));
    input.flush();
    return this;
  }

  Ended end() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end: " + said());
    }
    return new Ended(process.exitValue(), text(outFile), text(errFile));
  }

  String said() {
    return text(outFile) + text(errFile);
  }

  private static String text(Path file) {
    try {
      return COLOUR.matcher(Files.readString(file)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
