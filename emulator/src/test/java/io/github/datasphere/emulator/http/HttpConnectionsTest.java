package io.github.datasphere.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.http.connection.OpenFiles;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpConnectionsTest {
  private static final String PROPERTY = "jdk.httpserver.maxConnections";

  private final List<Socket> flood = new ArrayList<>();

  @TempDir
  Path root;

  @AfterEach
  void close() throws IOException {
    for (var socket : flood) {
      socket.close();
    }
  }

  /** Fewer than a port holds otherwise, so that the JDK's 30 s for silent ones do not end first. */
  @Test
  void moreConnectionsThanThePortHoldsAreClosedAndThoseItHasAreServed() throws Exception {
    var child = server();
    try (var lines = child.inputReader()) {
      var base = URI.create(lines.readLine());
      try (var honest = new RawClient(base)) {
        assertThat(honest.head("GET", base.resolve("/healthz")).receive().status())
            .isEqualTo(200);

        for (int i = 0; i < 30; i++) {
          flood.add(new Socket(base.getHost(), base.getPort()));
        }
        var last = flood.get(flood.size() - 1);

        await().until(() -> isClosed(last));
        assertThat(honest.head("GET", base.resolve("/healthz")).receive().status())
            .isEqualTo(200);
      }
    } finally {
      child.destroyForcibly().onExit().join();
    }
  }

  @Test
  void aNewClientGetsAPlaceOnceThoseThatSaidNothingHaveLostTheirs() throws Exception {
    var child = server();
    try (var lines = child.inputReader()) {
      var base = URI.create(lines.readLine());
      for (int i = 0; i < 30; i++) {
        flood.add(new Socket(base.getHost(), base.getPort()));
      }

      await().atMost(Duration.ofMinutes(2)).until(() -> isServed(base));
    } finally {
      child.destroyForcibly().onExit().join();
    }
  }

  /** The JDK counts a connection until its server closes it in one certain way. */
  @Test
  void clientsThatBrokeOffKeepNoPlace() throws Exception {
    var child = server();
    try (var lines = child.inputReader()) {
      var base = URI.create(lines.readLine());
      var download = URI.create(lines.readLine());
      var upload = URI.create(lines.readLine());
      for (int i = 0; i < 30; i++) {
        breakOff(base, client -> client.head("GET", download).receiveHead());
        breakOff(
            base,
            client -> client.head("PUT", upload, "Content-Length: 20000000").send("x"));
        breakOff(base, client -> client.head("HEAD", base.resolve("/"), "Content-Length: 9"));
        breakOff(base, client -> client.send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX"));
        breakOff(base, client -> client.head("GET", base.resolve("/healthz")));
      }

      await().atMost(Duration.ofMinutes(2)).until(() -> isServed(base));
    } finally {
      child.destroyForcibly().onExit().join();
    }
  }

  /** The beginning of an exchange. */
  private interface Beginning {
    void of(RawClient client) throws IOException;
  }

  private static void breakOff(URI base, Beginning beginning) {
    try (var client = new RawClient(base)) {
      beginning.of(client);
    } catch (IOException e) {
      // The port was full just then
    }
  }

  private static boolean isServed(URI base) {
    try (var client = new RawClient(base)) {
      return client.head("GET", base.resolve("/healthz")).receive().status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Process server() throws IOException {
    var command =
        ChildJvm.command(List.of("-XX:TieredStopAtLevel=1", "-D" + PROPERTY + "=20"), Server.class);
    command.add(root.toString());
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void portHoldsAsManyAndAsLongAsTheDocumentsSay() throws IOException {
    try (var http = new HttpFixture(root)) {
      assertThat(http.base()).isNotNull();
      assertThat(System.getProperty(PROPERTY))
          .isEqualTo(Integer.toString(OpenFiles.atMost(30_000)));
      assertThat(System.getProperty("sun.net.httpserver.idleInterval")).isEqualTo("10");
      assertThat(System.getProperty("sun.net.httpserver.clockTick")).isEqualTo("1000");
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** A port in a JVM of its own, since the JDK reads its limit once. */
  static final class Server {
    private Server() {}

    public static void main(String[] arguments) throws Exception {
      try (var http = new HttpFixture(Path.of(arguments[0]))) {
        var large = Contents.bytesOf("large", 20_000_000);
        http.stored(large);
        System.out.println(http.base());
        System.out.println(http.getUrl(large));
        System.out.println(http.putUrl(Contents.bytesOf("other", 20_000_000)));
        Thread.currentThread().join();
      }
    }
  }
}
