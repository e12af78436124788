package io.github.datasphere.emulator.client.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users read when a file does not arrive: words, no names of classes. */
class FileTransferTest {
  @TempDir
  Path folder;

  @Test
  void fileThatCannotBeMadeHereIsToldByTheSystemsReasonAlone() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 1);
      exchange.getResponseBody().write('x');
      exchange.close();
    });
    server.start();
    try {
      var failure = get(server.getAddress().getPort(), folder.resolve("n".repeat(300)));

      assertThat(failure).hasMessage("cannot download out: File name too long");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void storageThatIsGoneIsToldAsSuch() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    var failure = get(port, folder.resolve("out"));

    assertThat(failure)
        .hasMessageStartingWith("cannot download out: the connection to the storage failed: ")
        .hasMessageNotContainingAny("Exception", "java.");
  }

  private static Throwable get(int port, Path target) {
    var url = "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + "/";
    return catchThrowable(() -> FileTransfer.get(url, "out", 1, "", target, count -> {}));
  }
}
