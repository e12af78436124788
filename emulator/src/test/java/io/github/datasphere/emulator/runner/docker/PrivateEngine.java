package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An engine of a test's own, to be stopped and killed. */
final class PrivateEngine implements AutoCloseable {
  private static final int LAST_LINES = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Hands an engine a socket that listens in our network, as systemd would. */
  private static final String LISTEN = """
      import os, socket, sys
      server = socket.create_server(('127.0.0.1', 0), backlog=64)
      with open(sys.argv[1], 'w') as port:
          port.write(str(server.getsockname()[1]))
      if server.fileno() != 3:
          os.dup2(server.fileno(), 3)
      os.set_inheritable(3, True)
      os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1')
      os.execvp(sys.argv[2], sys.argv[2:])
      """;

  private final Path folder;
  private final List<String> options;
  private final boolean isOnTcp;
  private Process process;

  private PrivateEngine(Path folder, List<String> options, boolean isOnTcp) {
    this.folder = folder;
    this.options = options;
    this.isOnTcp = isOnTcp;
  }

  /** Starts one that has the image of the tests. */
  static PrivateEngine start(Path folder, String... options) throws IOException {
    return start(new PrivateEngine(folder, List.of(options), false));
  }

  /** The same of one that also listens on a free port, for those with a certificate. */
  static PrivateEngine startWithTls(Path folder, TlsCertificates certificates) throws IOException {
    return start(new PrivateEngine(folder, certificates.options(), true));
  }

  private static PrivateEngine start(PrivateEngine engine) throws IOException {
    boolean isReady = false;
    try {
      engine.startWithImage();
      isReady = true;
      return engine;
    } finally {
      // Also where the test is skipped, since nobody else has this engine yet
      if (!isReady) {
        engine.close();
      }
    }
  }

  private void startWithImage() throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw RealEngine.missing("an engine of a test's own has to be started by root");
    }
    var image = RealEngine.image();
    try (var other = RealEngine.connect();
        var own = start();
        var content = other.client().saveImageCmd(image).exec()) {
      own.client().loadImageCmd(content).exec();
    }
  }

  /** Starts it again on what it had. */
  DockerEngine start() throws IOException {
    // In a network of its own: without a bridge it would remove that of the machine's engine
    var command = new ArrayList<String>();
    if (isOnTcp) {
      command.addAll(List.of("python3", "-c", LISTEN, port().toString()));
    }
    command.addAll(List.of("unshare", "--net", "dockerd", "--iptables=false", "--bridge=none"));
    if (isOnTcp) {
      command.addAll(List.of("-H", "fd://"));
    }
    command.addAll(List.of("--data-root", folder.resolve("data").toString()));
    command.addAll(List.of("--exec-root", folder.resolve("exec").toString()));
    command.addAll(List.of("--pidfile", folder.resolve("pid").toString()));
    command.addAll(List.of("-H", environment().get("DOCKER_HOST")));
    command.addAll(options);
    // Of one that was killed: where nobody buries the dead, they would be taken for alive
    Files.deleteIfExists(folder.resolve("pid"));
    Files.deleteIfExists(folder.resolve("exec/containerd/containerd.pid"));
    process = RealEngine.started(new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile())));
    return connect();
  }

  Map<String, String> environment() {
    return Map.of("DOCKER_HOST", "unix://" + folder.resolve("docker.sock"));
  }

  /** Where it is from elsewhere, as the {@code docker} command takes it. */
  String address() throws IOException {
    return "tcp://localhost:" + Files.readString(port());
  }

  private Path port() {
    return folder.resolve("port");
  }

  /** Waits until it answers. */
  DockerEngine connect() throws IOException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return DockerEngine.connect(environment(), Duration.ofSeconds(5));
      } catch (DockerEngineException e) {
        if (!process.isAlive() || System.nanoTime() > until) {
          var log = Files.readAllLines(folder.resolve("log"));
          var end = log.subList(Math.max(0, log.size() - LAST_LINES), log.size());
          throw new IOException(String.join("\n", end), e);
        }
      }
    }
  }

  /** As the machine's own does when it is shut down: it ends its containers first. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Its containers go on without it. */
  void killHard() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** With its folder, which one that spares its containers leaves mounted. */
  @Override
  public void close() throws IOException {
    if (process != null) {
      stop();
    }
    process = new ProcessBuilder(
            "sh", "-c", "umount -R \"$0/data\"; rm -rf \"$0\"", folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the engine does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
