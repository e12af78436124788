package io.github.datasphere.emulator.gateway.proxy;

import io.github.datasphere.emulator.gateway.proxy.Route.ToHost;
import io.github.datasphere.emulator.gateway.tls.HttpRefusal;
import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.ConnectTimeoutException;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import io.grpc.netty.shaded.io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Opens the far side of a tunnel. Its channels read nothing until they are told to. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are fluent
final class Dialer {
  private final Executor blocking;
  private final Duration limit;

  /**
   * @param blocking looks names up, which may take some time
   * @param limit longest time for look-up and connection together
   */
  Dialer(Executor blocking, Duration limit) {
    this.blocking = blocking;
    this.limit = limit;
  }

  Future<Channel> dial(ToHost target, EventLoop loop) {
    Promise<Channel> opened = newPromise(loop);
    try {
      blocking.execute(() -> resolve(target, loop, opened));
    } catch (RejectedExecutionException e) {
      opened.setFailure(e);
    }
    return opened;
  }

  Future<Channel> dial(List<InetSocketAddress> candidates, EventLoop loop) {
    Promise<Channel> opened = newPromise(loop);
    attempt(candidates, 0, loop, opened);
    return opened;
  }

  /** What to tell the client when one of these futures has failed. */
  static HttpRefusal explain(ConnectRequest request, Throwable failure) {
    if (failure instanceof ConnectTimeoutException) {
      return new HttpRefusal(504, "The emulator got no answer from " + request + " in time.");
    }
    if (failure instanceof UnknownHostException) {
      return new HttpRefusal(
          502,
          "The name "
              + request.host()
              + " does not resolve. Check its spelling and the network; without a network start the"
              + " emulator with --offline.");
    }
    if (failure instanceof RejectedExecutionException) {
      return new HttpRefusal(503, "The emulator is looking up too many names already. Try again.");
    }
    return new HttpRefusal(
        502,
        "The emulator cannot connect to "
            + request
            + ": "
            + (failure instanceof ConnectException
                ? "connection refused. Is a server listening there?"
                : "there is no way to that address."));
  }

  private Promise<Channel> newPromise(EventLoop loop) {
    Promise<Channel> opened = loop.newPromise();
    var timeout = loop.schedule(
        () -> opened.tryFailure(new ConnectTimeoutException()),
        limit.toMillis(),
        TimeUnit.MILLISECONDS);
    opened.addListener(done -> timeout.cancel(false));
    return opened;
  }

  private void resolve(ToHost target, EventLoop loop, Promise<Channel> opened) {
    try {
      var addresses = Arrays.stream(InetAddress.getAllByName(target.host()))
          .map(address -> new InetSocketAddress(address, target.port()))
          .toList();
      loop.execute(() -> attempt(addresses, 0, loop, opened));
    } catch (UnknownHostException e) {
      opened.tryFailure(e);
    }
  }

  private void attempt(
      List<InetSocketAddress> candidates, int index, EventLoop loop, Promise<Channel> opened) {
    if (opened.isDone()) {
      return;
    }
    var attempt = connect(candidates.get(index), loop, limit.dividedBy(candidates.size()));
    attempt.addListener(connected -> {
      if (!connected.isSuccess() && index + 1 < candidates.size()) {
        attempt(candidates, index + 1, loop, opened);
      } else if (!connected.isSuccess()) {
        opened.tryFailure(connected.cause());
      } else if (!opened.trySuccess(attempt.channel())) {
        attempt.channel().close(); // too late
      }
    });
  }

  private static ChannelFuture connect(InetSocketAddress to, EventLoop loop, Duration limit) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(limit.toMillis()))
        .handler(new ChannelInboundHandlerAdapter())
        .connect(to);
  }
}
