package io.github.datasphere.emulator.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The services of a world behind a real port, for what the in-process transport does not show. */
final class TcpServer implements AutoCloseable {
  private final Server server;
  private final ManagedChannel channel;

  TcpServer(GrpcWorld world) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var builder = NettyServerBuilder.forAddress(address).maxInboundMessageSize(64 << 20);
    world.definitions().forEach(builder::addService);
    this.server = builder.build().start();
    this.channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
        .usePlaintext()
        .build();
  }

  ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
