package io.github.datasphere.emulator.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.cli.doctor.Finding.Level;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.StorageConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.config.UrlLifetimes;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.files.minio.MinioServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of a real server. */
class BucketCheckIT {
  @TempDir
  Path folder;

  @Test
  void aBucketIsMissingThenThereAndWrongKeysAreNamed() throws Exception {
    try (var server = MinioServer.start(folder)) {
      var storage = storage(server, MinioServer.KEYS.secret());
      assertThat(level(storage)).isEqualTo(Level.NOTE);

      var config = EmulatorConfig.onFreePorts();
      Emulator.inProcess(config.with(config.jobs().with(RunnerKind.PROCESS)).with(storage))
          .close();

      assertThat(level(storage)).isEqualTo(Level.OK);
      var wrong = new DataCheck(storage(server, "wrong-one")).run();
      assertThat(wrong).singleElement().satisfies(finding -> {
        assertThat(finding.level()).isEqualTo(Level.PROBLEM);
        assertThat(finding.text()).contains("secret-key").doesNotContain("wrong-one");
      });
    }
  }

  private static Level level(StorageConfig storage) {
    return new DataCheck(storage).run().get(0).level();
  }

  private static StorageConfig storage(MinioServer server, String secret) {
    var keys = new MinioConfig.Keys(new Secret(MinioServer.KEYS.access()), new Secret(secret));
    var minio = new MinioConfig(
        Optional.of(server.endpoint()),
        Optional.empty(),
        MinioServer.BUCKET,
        Optional.of(keys),
        MinioConfig.Dialect.usual(),
        "unused");
    return new StorageConfig(Optional.empty(), StorageKind.MINIO, minio, UrlLifetimes.defaults());
  }
}
