package io.github.datasphere.emulator.gateway;

import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A gRPC server with the health service, and a client that comes through a proxy. */
public final class GrpcPeers {
  private GrpcPeers() {}

  public static Server serve(ServerCredentials credentials) throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return NettyServerBuilder.forAddress(address, credentials)
        .addService(new HealthStatusManager().getHealthService())
        .build()
        .start();
  }

  /** What the health service answers to a client that knows only the public name and the proxy. */
  public static String askHealth(String target, InetSocketAddress proxy, Path authority)
      throws Exception {
    var trust =
        TlsChannelCredentials.newBuilder().trustManager(authority.toFile()).build();
    var channel = NettyChannelBuilder.forTarget(target, trust)
        .proxyDetector(to -> HttpConnectProxiedSocketAddress.newBuilder()
            .setProxyAddress(proxy)
            .setTargetAddress((InetSocketAddress) to)
            .build())
        .build();
    try {
      return ask(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  private static String ask(ManagedChannel channel) {
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus()
        .name();
  }
}
