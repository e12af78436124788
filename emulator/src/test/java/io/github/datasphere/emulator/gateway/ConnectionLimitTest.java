package io.github.datasphere.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.gateway.limit.ConnectionLimit;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
  private static final int MOST = 8;

  private final List<Socket> flood = new ArrayList<>();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void serve() throws Exception {
    server = GrpcPeers.serve(new ConnectionLimit(MOST).plaintext());
    channel = Grpc.newChannelBuilder(
            "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
        .build();
  }

  @AfterEach
  void close() throws IOException {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (server != null) {
      server.shutdownNow();
    }
    for (var socket : flood) {
      socket.close();
    }
  }

  @Test
  void noMoreConnectionsAreHeldThanThePortMay() throws IOException {
    connect(MOST + 3);

    await().untilAsserted(() -> assertThat(open()).hasSize(MOST));
  }

  @Test
  void aNewClientIsServedHoweverManySaidNothing() throws IOException {
    connect(3 * MOST);

    assertThat(health()).isEqualTo("SERVING");
  }

  @Test
  void whoeverWorksKeepsTheirConnectionInAFloodOfSilentOnes() throws IOException {
    health();
    connect(3 * MOST);

    await().untilAsserted(() -> assertThat(open()).hasSize(MOST - 1));
    assertThat(health()).isEqualTo("SERVING");
    assertThat(open()).hasSize(MOST - 1);
  }

  @Test
  void whoeverHasBeenSilentForLongestGoesWhereAllHaveSpoken() throws IOException {
    connect(MOST);
    for (var socket : flood) {
      socket.getOutputStream().write('P');
      await().pollInSameThread().until(() -> isOpen(socket));
    }
    assertThat(health()).isEqualTo("SERVING");

    await().untilAsserted(() -> assertThat(open()).hasSize(MOST - 1));
  }

  private String health() {
    return HealthGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus()
        .name();
  }

  private void connect(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      flood.add(new Socket(InetAddress.getLoopbackAddress(), server.getPort()));
    }
  }

  private List<Socket> open() {
    return flood.stream().filter(ConnectionLimitTest::isOpen).toList();
  }

  /** A server says something first in HTTP/2, so what is sent is read. */
  private static boolean isOpen(Socket socket) {
    try {
      socket.setSoTimeout(1);
      while (socket.getInputStream().read() >= 0) {}
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
