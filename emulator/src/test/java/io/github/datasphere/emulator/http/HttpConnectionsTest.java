package io.github.datasphere.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpConnectionsTest {
  private static final int MOST = 4_000;

  private final List<Socket> flood = new ArrayList<>();

  private HttpFixture http;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    http = new HttpFixture(root);
  }

  @AfterEach
  void close() throws IOException {
    for (var socket : flood) {
      socket.close();
    }
    if (http != null) {
      http.close();
    }
  }

  @Test
  void moreConnectionsThanThePortHoldsAreClosedAndThoseItHasAreServed() throws Exception {
    assumeTrue(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            && system.getMaxFileDescriptorCount() > 4 * MOST,
        "this process may not open as many sockets");
    var base = http.base();
    try (var honest = new RawClient(base)) {
      assertThat(honest.head("GET", base.resolve("/healthz")).receive().status())
          .isEqualTo(200);

      for (int i = 0; i < MOST + 10; i++) {
        flood.add(new Socket(base.getHost(), base.getPort()));
      }
      var last = flood.get(flood.size() - 1);

      await().until(() -> isClosed(last));
      assertThat(honest.head("GET", base.resolve("/healthz")).receive().status())
          .isEqualTo(200);
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
}
