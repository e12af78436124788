package io.github.datasphere.emulator.files.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.files.minio.MinioSettings.Dialect;
import io.github.datasphere.emulator.files.minio.MinioSettings.Keys;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** A real MinIO server on a free port, which it keeps when it is started again. */
public final class MinioServer implements AutoCloseable {
  public static final Keys KEYS = new Keys("emulator-key", "emulator-secret");
  public static final String BUCKET = "jobs";
  private static final Pattern ADDRESS = Pattern.compile("API: (https?)://127\\.0\\.0\\.1:(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path program;
  private final Path folder;
  private final Path disk;
  private final Map<String, String> environment;
  private int port;
  private String scheme = "http";
  private Process process;

  private MinioServer(Path folder, Path disk, Map<String, String> environment) {
    this.program = required();
    this.folder = folder;
    this.disk = disk;
    this.environment = environment;
  }

  /** Skips the test if there is no server, unless the run asks for all tests with MinIO. */
  public static Path required() {
    var program = Optional.ofNullable(System.getenv("DATASPHERE_EMULATOR_TEST_MINIO"))
        .map(Path::of)
        .filter(Files::isExecutable);
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (program.isEmpty() && !Arrays.asList(asked.split(",")).contains("minio")) {
      Assumptions.abort(
          "the MinIO server is not here: .ci/run brings it and sets DATASPHERE_EMULATOR_TEST_MINIO");
    }
    return program.orElseThrow();
  }

  /** Starts one that keeps its objects in {@code folder}. */
  public static MinioServer start(Path folder) throws IOException {
    return start(folder, folder.resolve("disk"), Map.of());
  }

  /** Starts one with a disk elsewhere, and with these settings. */
  static MinioServer start(Path folder, Path disk, Map<String, String> environment)
      throws IOException {
    var server = new MinioServer(folder, disk, environment);
    server.start();
    return server;
  }

  /** Starts it again after {@link #kill}, where it was. */
  public void start() throws IOException {
    var log = Files.createTempFile(Files.createDirectories(folder), "minio", ".log");
    var certificates = Files.createDirectories(folder.resolve("certs"));
    var builder = new ProcessBuilder(List.of(
            program.toString(),
            "server",
            "--address",
            "127.0.0.1:" + port,
            "--certs-dir",
            certificates.toString(),
            disk.toString()))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .redirectInput(new File("/dev/null"));
    builder.environment().put("MINIO_ROOT_USER", KEYS.access());
    builder.environment().put("MINIO_ROOT_PASSWORD", KEYS.secret());
    builder.environment().put("MINIO_BROWSER", "off");
    builder.environment().putAll(environment);
    process = builder.start();
    boolean isServing = false;
    try {
      awaitServing(log);
      isServing = true;
    } finally {
      if (!isServing) {
        kill();
      }
    }
  }

  private void awaitServing(Path log) {
    await().atMost(PATIENCE).until(() -> {
      assertThat(process.isAlive()).as("MinIO: %s", Files.readString(log)).isTrue();
      var address = ADDRESS.matcher(Files.readString(log));
      if (!address.find()) {
        return false;
      }
      scheme = address.group(1);
      port = Integer.parseInt(address.group(2));
      return scheme.equals("https") || isReady();
    });
  }

  private boolean isReady() {
    try {
      var url = endpoint().resolve("/minio/health/ready").toURL();
      var connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout(1000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** At once, as a power cut does. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** It takes connections and answers nothing until {@link #resume}. */
  public void suspend() throws IOException {
    tell("-STOP");
  }

  public void resume() throws IOException {
    tell("-CONT");
  }

  private void tell(String signal) throws IOException {
    var told = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
    assertThat(told.onExit().join().exitValue()).isZero();
  }

  public URI endpoint() {
    return URI.create(scheme + "://127.0.0.1:" + port);
  }

  /** Of an emulator of its own in the one bucket. */
  MinioSettings settings() {
    return at(endpoint());
  }

  /** The same through a proxy. */
  static MinioSettings at(URI endpoint) {
    return new MinioSettings(
        endpoint,
        endpoint,
        BUCKET,
        KEYS,
        new Dialect("us-east-1", true, Optional.empty()),
        Namespace.kept(UUID.randomUUID().toString()));
  }

  @Override
  public void close() {
    kill();
  }
}
