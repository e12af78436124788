package io.github.datasphere.emulator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.config.reading.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageConfigTest {
  private static final String FULL = """
      data-dir: data
      storage:
        minio:
          endpoint: http://127.0.0.1:9000
          public-endpoint: https://files.example
          bucket: jobs
          access-key: {env: KEY}
          secret-key: s3cret
          region: ru-central1
          path-style: false
          ca: ca.pem
          image: own/minio:1
      url-lifetime: {upload: 1h 30m, download: 2d}
      """;

  @TempDir
  Path folder;

  @Test
  void defaults() {
    assertThat(Written.in(folder).read().storage())
        .isEqualTo(StorageConfig.defaults())
        .isEqualTo(new StorageConfig(
            Optional.empty(),
            StorageKind.LOCAL,
            new MinioConfig(
                Optional.empty(),
                Optional.empty(),
                "datasphere-emulator",
                Optional.empty(),
                new MinioConfig.Dialect("us-east-1", true, Optional.empty()),
                "minio/minio:latest"),
            new UrlLifetimes(Duration.ofHours(24), Duration.ofDays(7))));
  }

  @Test
  void fullMapping() {
    var written = Written.in(folder).environment(Map.of("KEY", "me")).yaml(FULL);
    assertThat(written.read().storage())
        .isEqualTo(new StorageConfig(
            Optional.of(folder.resolve("data")),
            StorageKind.MINIO,
            new MinioConfig(
                Optional.of(URI.create("http://127.0.0.1:9000")),
                Optional.of(URI.create("https://files.example")),
                "jobs",
                Optional.of(new MinioConfig.Keys(new Secret("me"), new Secret("s3cret"))),
                new MinioConfig.Dialect(
                    "ru-central1", false, Optional.of(folder.resolve("ca.pem"))),
                "own/minio:1"),
            new UrlLifetimes(Duration.ofMinutes(90), Duration.ofDays(2))));
  }

  @Test
  void rejections() {
    var yaml = """
        data-dir: " "
        storage:
          minio:
            endpoint: 127.0.0.1:9000
            public-endpoint: http://files.example/s3
            bucket: Jobs
            acess-key: me
        url-lifetime: {upload: soon, download: 0s}
        """;
    assertThat(Written.in(folder).yaml(yaml).problems())
        .containsExactly(
            "datasphere-emulator.yaml:4: storage.minio.endpoint: expected a URL, found"
                + " \"127.0.0.1:9000\"",
            "datasphere-emulator.yaml:5: public-endpoint must be a URL without a path, such as"
                + " http://127.0.0.1:9000: the bucket has a key of its own, not"
                + " \"http://files.example/s3\"",
            "datasphere-emulator.yaml:6: bucket must be 3 to 63 lower-case letters, digits, dots"
                + " and dashes, not \"Jobs\"",
            "datasphere-emulator.yaml:7: unknown key \"storage.minio.acess-key\"; did you mean"
                + " \"access-key\"?",
            "datasphere-emulator.yaml:1: data-dir: expected a path, found \" \"",
            "datasphere-emulator.yaml:8: url-lifetime.upload: expected a duration such as 90s,"
                + " 15m, 24h or 7d, found \"soon\"",
            "datasphere-emulator.yaml:8: download must be longer than nothing, such as 24h");
  }

  @Test
  void anEndpointWithoutKeysIsRefused() {
    var yaml = """
        storage:
          minio: {endpoint: "http://s3", access-key: me}
        """;
    assertThat(Written.in(folder).yaml(yaml).problems())
        .containsExactly(
            "datasphere-emulator.yaml:2: an endpoint needs both access-key and secret-key, as"
                + " text, {env: NAME} or {file: PATH}");
  }

  @Test
  void aFlagChoosesTheKindAndKeepsTheEndpoint() {
    var written = Written.in(folder)
        .environment(Map.of("KEY", "me"))
        .flags(Map.of("storage", "local"))
        .yaml(FULL);
    assertThat(written.read().storage().kind()).isEqualTo(StorageKind.LOCAL);
    assertThat(written.read().storage().minio().bucket()).isEqualTo("jobs");
  }

  @Test
  void theKindAloneStartsAServer() {
    var storage = Written.in(folder).yaml("storage: minio").read().storage();
    assertThat(storage.kind()).isEqualTo(StorageKind.MINIO);
    assertThat(storage.minio().endpoint()).isEmpty();
  }

  @Test
  void codeIsHeldToTheSameRules() {
    assertThatThrownBy(() -> new UrlLifetimes(Duration.ZERO, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
