package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.record.RecordSettings;
import io.github.datasphere.emulator.record.Recorder;
import io.github.datasphere.emulator.session.redact.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A recorder before one service. */
final class RecorderOf {
  private RecorderOf() {}

  static Recorder service(String address, Optional<Path> roots, Path folder) throws IOException {
    return new Recorder(
        new RecordSettings(
            folder.resolve("recording"),
            Optional.of(address),
            roots,
            false,
            new Options(List.of(), List.of(), Map.of(), false, new Random(1)),
            Files.createDirectories(folder.resolve("work")),
            "bench"),
        Clock.systemUTC(),
        System::nanoTime);
  }
}
