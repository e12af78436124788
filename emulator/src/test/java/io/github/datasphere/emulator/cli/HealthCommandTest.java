package io.github.datasphere.emulator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.env.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCommandTest {
  @TempDir
  Path folder;

  @Test
  void aServerThatAnswersIsWell() throws IOException {
    var server = answering(200);
    try {
      announce(server.getAddress().getPort());
      var shell = new Shell(folder);
      assertThat(shell.run("health")).isZero();
      assertThat(shell.out()).contains("/healthz answers.");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theNameThatItAdvertisesNeedNotBeKnownHere() throws IOException {
    var server = answering(200);
    try {
      announce("no.such.host.invalid", server.getAddress().getPort());
      assertThat(new Shell(folder).run("health", "--bind", "0.0.0.0")).isZero();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerThatAnswersOtherwiseIsNot() throws IOException {
    var server = answering(503);
    try {
      announce(server.getAddress().getPort());
      var shell = new Shell(folder);
      assertThat(shell.run("health")).isEqualTo(1);
      assertThat(shell.err()).contains("answers 503");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void oneThatDoesNotAnswerIsToldWithItsAddress() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    announce(port);
    var shell = new Shell(folder);
    assertThat(shell.run("health")).isEqualTo(1);
    assertThat(shell.err()).contains(port + "/healthz does not answer").contains("restart");
  }

  @Test
  void withoutAServerItSaysHowToStartOne() {
    var shell = new Shell(folder);
    assertThat(shell.run("health")).isEqualTo(1);
    assertThat(shell.err()).contains("no server runs on ").contains(" start'");
  }

  private static HttpServer answering(int code) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/healthz", exchange -> {
      exchange.sendResponseHeaders(code, 2);
      exchange.getResponseBody().write("ok".getBytes(UTF_8));
      exchange.close();
    });
    server.start();
    return server;
  }

  private void announce(int port) throws IOException {
    announce("127.0.0.1", port);
  }

  private void announce(String host, int port) throws IOException {
    var dataDir = Files.createDirectories(folder.resolve("home/.datasphere-emulator"));
    var settings = new ClientSettings(
        "127.0.0.1:1",
        "127.0.0.1:2",
        URI.create("http://" + host + ":" + port),
        URI.create("http://127.0.0.1:4"),
        folder.resolve("ca.pem"),
        Optional.empty(),
        "token",
        "face");
    RunningServer.ofThisProcess(settings).announce(dataDir);
  }
}
