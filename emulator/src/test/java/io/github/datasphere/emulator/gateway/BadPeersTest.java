package io.github.datasphere.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that mean no good, or the wrong port, at the gRPC ports of a whole emulator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadPeersTest {
  private static final int MANY = 1000;

  private Emulator emulator;

  @BeforeAll
  void start() {
    emulator = Emulator.testDouble(EmulatorConfig.onFreePorts(), true, new HttpPorts(0));
  }

  @AfterAll
  void stop() {
    emulator.close();
  }

  @Test
  void thousandIdleConnectionsHinderNobody() throws Exception {
    for (var address : List.of(emulator.addresses().tls(), emulator.addresses().grpc())) {
      var threads = Thread.activeCount();
      var idle = new ArrayList<Socket>();
      try {
        for (var i = 0; i < MANY; i++) {
          idle.add(new Socket(InetAddress.getLoopbackAddress(), port(address)));
        }
        assertThat(list(tls(), "")).isZero();
        // Other tests begin some meanwhile, and end them
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(Thread.activeCount()).isLessThan(threads + 100));
      } finally {
        for (var socket : idle) {
          socket.close();
        }
      }
    }
  }

  /**
   * Well-behaved clients read the limit first, and send no such request. Without TLS, whose sockets
   * lose what they received once a write of theirs is refused.
   */
  @Test
  void aMegabyteOfHeadersIsRefusedAndTheNextCallServed() throws Exception {
    try (var socket =
        new Socket(InetAddress.getLoopbackAddress(), port(emulator.addresses().grpc()))) {
      socket.setSoTimeout(60_000);
      var peer = new Http2Peer(socket);
      peer.sendHeaders(1 << 20);
      assertThat(peer.answer()).startsWith("GO_AWAY").contains("Header size exceeded");
    }
    assertThat(list(tls(), "x")).isZero();
  }

  @Test
  void tlsToThePlaintextPortIsRefusedAndTheNextCallServed() throws Exception {
    var plain = emulator.addresses().grpc();
    assertThatThrownBy(() -> list(channel(plain, trusting()), ""))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    assertThat(list(channel(plain, InsecureChannelCredentials.create()), "")).isZero();
  }

  private ManagedChannel tls() throws IOException {
    return channel(emulator.addresses().tls(), trusting());
  }

  private ChannelCredentials trusting() throws IOException {
    return TlsChannelCredentials.newBuilder()
        .trustManager(emulator.addresses().certificate().toFile())
        .build();
  }

  private static ManagedChannel channel(String address, ChannelCredentials credentials) {
    return Grpc.newChannelBuilder(address, credentials).build();
  }

  /** How many jobs there are, asked with this header; ends the channel. */
  private static int list(ManagedChannel channel, String header) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer any");
    headers.put(Metadata.Key.of("x-mine", Metadata.ASCII_STRING_MARSHALLER), header);
    try {
      return ProjectJobServiceGrpc.newBlockingStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .withDeadlineAfter(60, TimeUnit.SECONDS)
          .list(ListProjectJobRequest.newBuilder().setProjectId("bt1project").build())
          .getJobsCount();
    } finally {
      channel.shutdownNow();
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }
}
