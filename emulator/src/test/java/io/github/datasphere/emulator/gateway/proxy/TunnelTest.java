package io.github.datasphere.emulator.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.gateway.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tunnel is a wire: what goes in at one end comes out at the other, and nothing else. */
class TunnelTest {
  private static final int MUCH = 8 << 20;

  /** More than the kernel's buffers of both connections together. */
  private static final long TOO_MUCH = 64 << 20;

  private ServerSocket server;
  private ConnectProxy proxy;
  private Peer client;
  private Peer far;

  @BeforeEach
  void open() throws Exception {
    server = new ServerSocket(0, 50, Peer.loopback(0).getAddress());
    proxy = ConnectProxy.start(ProxySettings.of(Peer.loopback(0), Peer.loopback(1)));
    client = Peer.connect(proxy.address()).ask("localhost:" + server.getLocalPort());
    far = Peer.of(server.accept());
    client.readHead();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    far.close();
    proxy.close();
    server.close();
  }

  @Test
  void bytesPassUnchangedInBothDirectionsAtOnce() throws Exception {
    var up = random(1);
    var down = random(2);
    var sentUp = inBackground(() -> client.send(up).end());
    var sentDown = inBackground(() -> far.send(down).end());
    var arrivedUp = inBackground(() -> assertThat(all(far)).isEqualTo(up));
    assertThat(all(client)).isEqualTo(down);
    for (var one : List.of(sentUp, sentDown, arrivedUp)) {
      one.get();
    }
  }

  @Test
  void bytesSentRightAfterTheRequestAreNotLost() throws Exception {
    try (var eager = Peer.connect(proxy.address())) {
      eager.send("CONNECT localhost:" + server.getLocalPort() + " HTTP/1.1\r\n\r\nhello");
      try (var other = Peer.of(server.accept())) {
        assertThat(other.read(5)).isEqualTo("hello");
      }
    }
  }

  @Test
  void clientThatSendsAllAndEndsAtOnceStillGetsItsAnswer() throws Exception {
    try (var eager = Peer.connect(proxy.address())) {
      eager
          .send("CONNECT localhost:" + server.getLocalPort() + " HTTP/1.1\r\n\r\nask")
          .end();
      try (var other = Peer.of(server.accept())) {
        assertThat(other.readToEnd()).isEqualTo("ask");
        other.send("answer").end();
      }
      assertThat(eager.readToEnd()).endsWith("\r\n\r\nanswer");
    }
  }

  @Test
  void endOfTheClientIsPassedOnAndTheServerMayStillAnswer() throws Exception {
    client.send("question").end();
    assertThat(far.readToEnd()).isEqualTo("question");
    far.send("answer").end();
    assertThat(client.readToEnd()).isEqualTo("answer");
  }

  @Test
  void endOfTheServerIsPassedOnAndTheClientMayStillSend() throws Exception {
    far.send("notice").end();
    assertThat(client.readToEnd()).isEqualTo("notice");
    client.send("last words").end();
    assertThat(far.readToEnd()).isEqualTo("last words");
  }

  @Test
  void resetIsPassedOnAsAReset() throws Exception {
    client.send("x");
    far.read(1);
    client.reset();
    assertThatThrownBy(() -> far.read(1)).isInstanceOf(SocketException.class);
  }

  @Test
  void resetOfTheServerIsPassedOnAsAReset() throws Exception {
    far.reset();
    assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketException.class);
  }

  @Test
  void clientIsNotReadFasterThanTheServerTakes() throws Exception {
    assertBounded(client, far);
  }

  @Test
  void serverIsNotReadFasterThanTheClientTakes() throws Exception {
    assertBounded(far, client);
  }

  @Test
  void halfClosedTunnelThatStaysSilentIsClosed() throws Exception {
    var limits = new ProxySettings.Limits(
        Duration.ofSeconds(30), 1024, Duration.ofSeconds(30), Duration.ofMillis(100));
    var settings = ProxySettings.of(Peer.loopback(0), Peer.loopback(1)).within(limits);
    try (var strict = ConnectProxy.start(settings);
        var leaving = Peer.connect(strict.address()).ask("localhost:" + server.getLocalPort());
        var staying = Peer.of(server.accept())) {
      leaving.readHead();
      leaving.end();
      assertThat(staying.readToEnd()).isEmpty();
      assertThat(leaving.readToEnd()).isEmpty();
    }
  }

  /** Writes until nobody takes more: that must come, and nothing may be lost by it. */
  private static void assertBounded(Peer from, Peer to) throws Exception {
    var sent = new AtomicLong();
    var writer = inBackground(() -> {
      for (var chunk = new byte[64 << 10]; sent.get() < TOO_MUCH; ) {
        from.send(chunk);
        sent.addAndGet(chunk.length);
      }
      from.end();
    });
    var seen = new AtomicLong(-1);
    Awaitility.await()
        .during(Duration.ofMillis(500))
        .until(() -> seen.getAndSet(sent.get()) == sent.get());
    assertThat(sent.get()).isLessThan(TOO_MUCH);
    assertThat(count(to.socket().getInputStream())).isEqualTo(TOO_MUCH);
    writer.get();
  }

  private static long count(InputStream in) throws IOException {
    var total = 0L;
    var buffer = new byte[64 << 10];
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      total += n;
    }
    return total;
  }

  private static byte[] all(Peer peer) throws IOException {
    return peer.socket().getInputStream().readAllBytes();
  }

  private static byte[] random(long seed) {
    var bytes = new byte[MUCH];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private interface Act {
    void run() throws Exception;
  }

  private static Future<?> inBackground(Act act) {
    var task = new FutureTask<Void>(() -> {
      act.run();
      return null;
    });
    new Thread(task, "tunnel-test").start();
    return task;
  }
}
