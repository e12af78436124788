package io.github.datasphere.emulator.gateway.proxy;

import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.group.ChannelGroup;
import io.grpc.netty.shaded.io.netty.channel.group.DefaultChannelGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The CONNECT port: an HTTP/1.1 proxy that knows the CONNECT method alone. It leads the official
 * host names to the emulator's TLS port and passes others on, so that one proxy variable brings an
 * unmodified client here (docs/clients.md section 0).
 *
 * <p>One event loop serves all connections; a few temporary threads look names up.
 */
public final class ConnectProxy implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int LOOKUPS = 8;
  private static final int WAITING_LOOKUPS = 1024;
  private static final int IDLE_SECONDS = 10;
  private static final int PATIENCE_SECONDS = 2;

  private final EventLoopGroup loop;
  private final ExecutorService blocking;
  private final ChannelGroup open;
  private final InetSocketAddress address;

  private ConnectProxy(
      EventLoopGroup loop, ExecutorService blocking, ChannelGroup open, InetSocketAddress address) {
    this.loop = loop;
    this.blocking = blocking;
    this.open = open;
    this.address = address;
  }

  /**
   * Opens the port.
   *
   * @throws BindException if it is taken, or its address is not this machine's
   * @throws IOException if it cannot be opened for another reason
   */
  public static ConnectProxy start(ProxySettings settings) throws IOException {
    var loop = new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory("connect-port", true), NioIoHandler.newFactory());
    var blocking = lookups();
    var open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
    var bound = new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childHandler(new ProxyHandler(settings, open, blocking))
        .bind(settings.bind())
        .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      end(loop);
      throw failure(settings.bind(), bound.cause());
    }
    open.add(bound.channel());
    var address = (InetSocketAddress) bound.channel().localAddress();
    return new ConnectProxy(loop, blocking, open, address);
  }

  /** Returns where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** Closes the port and every connection through it. */
  @Override
  public void close() {
    open.close().awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    end(loop);
    blocking.shutdownNow();
  }

  private static IOException failure(InetSocketAddress bind, Throwable cause) {
    return cause instanceof IOException known
        ? known
        : new IOException("The CONNECT port " + bind + " cannot be opened.", cause);
  }

  private static void end(EventLoopGroup loop) {
    loop.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static ExecutorService lookups() {
    var threads = new ThreadPoolExecutor(
        LOOKUPS,
        LOOKUPS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(WAITING_LOOKUPS),
        new DefaultThreadFactory("connect-port-lookup", true));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
