package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.StorageConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.config.UrlLifetimes;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.files.minio.MinioServer;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An emulator in a JVM of its own whose files are in MinIO and whose jobs are processes. */
final class StoringServer implements AutoCloseable {
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final Path log;
  private final @Nullable String address;

  private StoringServer(Process process, Path log, @Nullable String address) {
    this.process = process;
    this.log = log;
    this.address = address;
  }

  /** Returns when it serves or has ended. */
  static StoringServer start(
      Path folder, URI minio, List<String> options, Map<String, String> environment)
      throws IOException {
    var command = ChildJvm.command(options, StoringServer.class);
    command.addAll(List.of(folder.toString(), minio.toString()));
    var log = folder.resolveSibling(folder.getFileName() + ".log");
    var builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    return new StoringServer(process, log, process.inputReader().readLine());
  }

  boolean serves() {
    return address != null;
  }

  /** What it says on stderr. */
  String said() throws IOException {
    return Files.readString(log);
  }

  long pid() {
    return process.pid();
  }

  ManagedChannel channel() throws IOException {
    if (address == null) {
      throw new AssertionError("the server did not start: " + said());
    }
    return ManagedChannelBuilder.forTarget(address).usePlaintext().build();
  }

  /** As after Ctrl+C. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the server did not stop: " + said());
    }
  }

  public static void main(String[] arguments) throws IOException {
    var config = config(Path.of(arguments[0]), URI.create(arguments[1]));
    try (var emulator = Emulator.start(config)) {
      System.out.println(emulator.addresses().grpc());
      while (System.in.read() >= 0) {}
    }
  }

  static EmulatorConfig config(Path dataDir, URI endpoint) {
    var config = EmulatorConfig.onFreePorts();
    var keys = new MinioConfig.Keys(
        new Secret(MinioServer.KEYS.access()), new Secret(MinioServer.KEYS.secret()));
    var minio = new MinioConfig(
        Optional.of(endpoint),
        Optional.empty(),
        MinioServer.BUCKET,
        Optional.of(keys),
        MinioConfig.Dialect.usual(),
        "unused");
    return config
        .with(config.jobs().with(RunnerKind.PROCESS))
        .with(new StorageConfig(
            Optional.of(dataDir), StorageKind.MINIO, minio, UrlLifetimes.defaults()));
  }
}
