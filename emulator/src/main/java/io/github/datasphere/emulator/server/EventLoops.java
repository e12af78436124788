package io.github.datasphere.emulator.server;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The network threads of the gRPC ports of one emulator. Those that gRPC makes by itself stay for a
 * second after the last server, and a Java that ends meanwhile waits 300 ms for each thread that is
 * in native code: so every command that serves would end later than it has to.
 */
final class EventLoops implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 1;

  /** As many as serve each processor of a laptop; each takes three descriptors. */
  private static final int MOST_SERVING = 16;

  private final boolean isEpoll = Epoll.isAvailable();
  private final EventLoopGroup accepting = group("datasphere-grpc-accept", 1);
  private final EventLoopGroup serving = group(
      "datasphere-grpc", Math.min(2 * Runtime.getRuntime().availableProcessors(), MOST_SERVING));

  private EventLoopGroup group(String name, int threads) {
    var factory = new DefaultThreadFactory(name, true);
    var handlers = isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(threads, factory, handlers);
  }

  /** Lets a server use them. */
  void addTo(NettyServerBuilder builder) {
    builder
        .bossEventLoopGroup(accepting)
        .workerEventLoopGroup(serving)
        .channelType(isEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
  }

  /** Ends them; the servers that use them have stopped before. */
  @Override
  public void close() {
    var ended = serving.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
    accepting
        .shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    ended.awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
