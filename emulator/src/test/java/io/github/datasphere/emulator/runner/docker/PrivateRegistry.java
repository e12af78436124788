package io.github.datasphere.emulator.runner.docker;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PushResponseItem;
import io.github.datasphere.emulator.docker.DockerEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** A registry that asks for a password, which starts empty. */
public final class PrivateRegistry implements AutoCloseable {
  public static final String USER = "puller";
  public static final String PASSWORD = "let me in";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ATTEMPTS = 3;
  private static final String HASH = "$2b$04$QkKDnHGLUCkrO9O/STplhOx7yIAbijIcdC.us.6FIagcxULElrxsS";

  private final Process process;
  private final int port;

  private PrivateRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one that keeps its images in the folder. */
  public static PrivateRegistry start(Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      var process = started(folder, port);
      try {
        await().atMost(PATIENCE).until(() -> answers(port) || !process.isAlive());
      } catch (ConditionTimeoutException e) {
        process.destroyForcibly();
        throw e;
      }
      if (process.isAlive()) {
        return new PrivateRegistry(process, port);
      }
      // Somebody else was quicker to take the port
      if (attempt == ATTEMPTS) {
        throw new IOException(Files.readString(folder.resolve("registry.log")));
      }
    }
  }

  private static Process started(Path folder, int port) throws IOException {
    var passwords = Files.writeString(folder.resolve("htpasswd"), USER + ":" + HASH + "\n");
    var config = Files.writeString(
        folder.resolve("registry.yml"), """
        version: 0.1
        log: {level: error, accesslog: {disabled: true}}
        storage: {filesystem: {rootdirectory: '%s'}}
        http: {addr: '127.0.0.1:%d'}
        auth: {htpasswd: {realm: test, path: '%s'}}
        """.formatted(folder.resolve("images"), port, passwords));
    return RealEngine.started(new ProcessBuilder(
            System.getenv().getOrDefault("DATASPHERE_EMULATOR_TEST_REGISTRY", "docker-registry"),
            "serve",
            config.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("registry.log").toFile()));
  }

  /** How an image of it is called. */
  public String image(String name) {
    return "127.0.0.1:" + port + "/" + name;
  }

  /** Pushes the test image under this name; the engine forgets the name. */
  public void push(DockerEngine engine, String name) throws InterruptedException {
    var client = engine.client();
    int colon = name.lastIndexOf(':');
    client
        .tagImageCmd(RealEngine.image(), name.substring(0, colon), name.substring(colon + 1))
        .exec();
    client
        .pushImageCmd(name)
        .withAuthConfig(new AuthConfig()
            .withUsername(USER)
            .withPassword(PASSWORD)
            .withRegistryAddress("127.0.0.1:" + port))
        .exec(new ResultCallback.Adapter<PushResponseItem>() {
          @Override
          public void onNext(PushResponseItem item) {
            if (item.isErrorIndicated()) {
              onError(new AssertionError("the push of " + name + " failed: " + item));
            }
          }
        })
        .awaitCompletion();
    client.removeImageCmd(name).exec();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private static boolean answers(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
