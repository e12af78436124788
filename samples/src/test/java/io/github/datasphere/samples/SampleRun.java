package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.ReplayedService;
import io.github.datasphere.emulator.client.JobRun;
import io.github.datasphere.emulator.client.RunOptions;
import io.github.datasphere.emulator.client.StreamConsole;
import io.github.datasphere.emulator.config.ConfigSources;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.reading.ConfigException;
import io.grpc.ManagedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One run of a sample by an emulator of its own, in a copy of its folder.
 *
 * @param folder the copy, with what the job left
 * @param code exit code of the run
 * @param out what the program printed
 * @param err what the program printed as errors, and what the run said
 */
record SampleRun(Path folder, int code, String out, String err) {

  static SampleRun of(String sample, Path temporary)
      throws IOException, ConfigException, InterruptedException {
    Path folder = copy(Path.of(sample), temporary.resolve(sample));
    var flags = Map.of("runner", "process");
    EmulatorConfig config = new ConfigSources(flags, Map.of(), folder, temporary)
        .load(EmulatorConfig.onFreePorts(), Set.of());
    try (var emulator = Emulator.inProcess(config)) {
      ManagedChannel channel = emulator.channel();
      try {
        return run(channel, folder, temporary.resolve("logs"));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  /** A run that is answered out of the sample's recording; nothing of it may be missing there. */
  static SampleRun replayed(String sample, Path temporary)
      throws IOException, InterruptedException {
    Path folder = copy(Path.of(sample), temporary.resolve(sample));
    var recording = Path.of("recordings").resolve(sample);
    try (var service = ReplayedService.start(recording, 0, EmulatorConfig.onFreePorts(), false)) {
      ManagedChannel channel = service.channel();
      try {
        SampleRun run = run(channel, folder, temporary.resolve("logs"));
        assertThat(service.misses()).as(run.err()).isEmpty();
        return run;
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static SampleRun run(ManagedChannel channel, Path folder, Path logs)
      throws InterruptedException {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console = new StreamConsole(new PrintStream(out), new PrintStream(err), false);
    var options =
        RunOptions.of(Path.of("config.yaml"), folder, System.getenv()).withLogDirectory(logs);
    int code = new JobRun(channel, options, console, Clock.systemUTC()).run();
    return new SampleRun(
        folder, code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Path copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = walk.toList();
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        Files.copy(file, target);
      }
    }
    return to;
  }
}
