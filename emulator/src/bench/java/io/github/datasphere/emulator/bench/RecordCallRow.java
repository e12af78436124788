package io.github.datasphere.emulator.bench;

import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What recording adds to a call: TLS ended and begun again, and a note of each message. */
final class RecordCallRow implements BenchRow {
  private static final int CALLS = 3_000;
  private static final int ROUNDS = 5;
  private static final String HOST = "datasphere.api.cloud.yandex.net";

  @Override
  public int number() {
    return 13;
  }

  @Override
  public String figure() {
    return "Get through the recorder: more than through the plain tunnel, median";
  }

  @Override
  public Result measure() throws Exception {
    var folder = Files.createTempDirectory("bench-record");
    try (var service = Services.server();
        var recorder = RecorderOf.service(
            service.addresses().tls(), Optional.of(service.addresses().certificate()), folder)) {
      var tunnelled = channel(service.addresses().proxy(), service.addresses().certificate());
      var recorded = channel(recorder.proxy(), recorder.certificate());
      try {
        var id = Services.create(Services.stub(tunnelled), "true");
        var ours = new double[ROUNDS];
        var peer = new double[ROUNDS];
        // The first round warms both up
        for (int round = -1; round < ROUNDS; round++) {
          var plain = median(Services.stub(tunnelled), id);
          var noted = median(Services.stub(recorded), id);
          if (round >= 0) {
            peer[round] = plain;
            ours[round] = noted - plain;
          }
        }
        return Result.of(
            Quantity.median(ours, "ms"),
            "Get through the tunnel",
            Quantity.median(peer, "ms"),
            Aim.atMost(1, "ms"));
      } finally {
        tunnelled.shutdownNow();
        recorded.shutdownNow();
      }
    } finally {
      UploadRow.delete(folder);
    }
  }

  private static ManagedChannel channel(URI proxy, Path certificate) throws IOException {
    var address = new InetSocketAddress(proxy.getHost(), proxy.getPort());
    return NettyChannelBuilder.forAddress(HOST, 443)
        .proxyDetector(target -> HttpConnectProxiedSocketAddress.newBuilder()
            .setProxyAddress(address)
            .setTargetAddress((InetSocketAddress) target)
            .build())
        .sslContext(
            GrpcSslContexts.forClient().trustManager(certificate.toFile()).build())
        .build();
  }

  /** Returns the median of one caller's calls in milliseconds. */
  private static double median(ProjectJobServiceBlockingStub jobs, String id) {
    var request = Services.get(id);
    var took = new double[CALLS];
    for (int i = 0; i < CALLS; i++) {
      var begin = System.nanoTime();
      jobs.get(request);
      took[i] = (System.nanoTime() - begin) / 1e6;
    }
    return Quantity.median(took, "ms").value();
  }
}
