package io.github.datasphere.emulator.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A job that is driven against a service that does what the test says. */
abstract class JobRunFixture {
  static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @TempDir
  Path folder;

  final RecordedConsole console = new RecordedConsole();
  FakeService service;

  @BeforeEach
  void start() throws IOException {
    service = new FakeService();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  JobRun run(String config) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), config);
    var options = RunOptions.of(Path.of("config.yaml"), folder, Map.of())
        .withLogDirectory(folder.resolve("logs"));
    return new JobRun(service.channel(), options, console, CLOCK);
  }

  CompletableFuture<Integer> start(String config) throws IOException {
    return start(run(config));
  }

  static CompletableFuture<Integer> start(JobRun run) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return run.run();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }
}
