package io.github.datasphere.emulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.MinioConfig.Dialect;
import io.github.datasphere.emulator.config.MinioConfig.Keys;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.StorageConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.config.UrlLifetimes;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.minio.MinioServer;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs whose files lie in MinIO. */
class JobRunWithMinioIT {
  @TempDir
  Path folder;

  private final RecordedConsole console = new RecordedConsole();
  private MinioServer minio;
  private Emulator emulator;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    minio = MinioServer.start(folder.resolve("minio"));
    var keys =
        new Keys(new Secret(MinioServer.KEYS.access()), new Secret(MinioServer.KEYS.secret()));
    var storage = new MinioConfig(
        Optional.of(minio.endpoint()),
        Optional.empty(),
        MinioServer.BUCKET,
        Optional.of(keys),
        Dialect.usual(),
        "unused");
    emulator = Emulator.inProcess(EmulatorConfig.onFreePorts()
        .with(JobsConfig.defaults().with(RunnerKind.PROCESS))
        .with(new StorageConfig(
            Optional.empty(), StorageKind.MINIO, storage, UrlLifetimes.defaults())));
    channel = emulator.channel();
  }

  @AfterEach
  void stop() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (emulator != null) {
      emulator.close();
    }
    if (minio != null) {
      minio.close();
    }
  }

  @Test
  void filesGoInAndComeOutThroughTheBucket() throws Exception {
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("in/a.txt"), "A");
    Files.writeString(folder.resolve("empty.txt"), "");

    assertThat(run("""
            cmd: |
              cat in/a.txt empty.txt > joined.txt
              : > nothing.txt
              head -c 7000000 /dev/urandom > large.bin
              sha256sum < large.bin
              mkdir -p made/deep && echo b > made/deep/b.txt
            inputs: [in, empty.txt]
            outputs: [joined.txt, nothing.txt, large.bin, made]
            """)).as(console.said()).isZero();

    assertThat(folder.resolve("joined.txt")).hasContent("A");
    assertThat(folder.resolve("nothing.txt")).isEmptyFile();
    assertThat(folder.resolve("made/deep/b.txt")).hasContent("b\n");
    assertThat(folder.resolve("large.bin")).hasSize(7_000_000);
    assertThat(console.out())
        .startsWith(Contents.sha256(Files.readAllBytes(folder.resolve("large.bin"))));
  }

  @Test
  void whatIsStoredIsNotUploadedAgain() throws Exception {
    Files.writeString(folder.resolve("in.txt"), "A");
    run("cmd: cat in.txt\ninputs: [in.txt]");
    var first = console.said();

    run("cmd: cat in.txt\ninputs: [in.txt]");

    assertThat(first).contains("uploading 1 files");
    assertThat(console.said().substring(first.length())).contains("no files to upload");
  }

  private int run(String config) throws Exception {
    Files.writeString(folder.resolve("config.yaml"), config);
    var options = RunOptions.of(Path.of("config.yaml"), folder, Map.of())
        .withLogDirectory(folder.resolve("logs"));
    return new JobRun(channel, options, console, Clock.systemUTC()).run();
  }
}
