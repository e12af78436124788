package io.github.datasphere.emulator.gateway.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFutureListener;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.socket.ChannelInputShutdownEvent;
import io.grpc.netty.shaded.io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Joins two connections: bytes, ends and resets of each go to the other unchanged. Neither side is
 * read faster than the other takes it. Both run on one event loop, so no lock is needed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are fluent
final class Tunnel {
  /** Sends the status line alone: clients would take a body or a length for the server's bytes. */
  private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

  private final Channel client;
  private final Channel server;
  private final Duration silence;
  private int endsPassedOn;
  private boolean moved;

  private Tunnel(Channel client, Channel server, Duration silence) {
    this.client = client;
    this.server = server;
    this.silence = silence;
  }

  /**
   * Tells the client that it is connected, and begins to relay.
   *
   * @param greeter the client's handler until now, which passes on what it has read already
   * @param silence how long a tunnel may stay silent once one side has ended
   */
  static void join(ChannelHandlerContext greeter, Channel server, Duration silence) {
    var client = greeter.channel();
    var tunnel = new Tunnel(client, server, silence);
    server.pipeline().addLast(tunnel.new Relay(client));
    client
        .writeAndFlush(established())
        .addListener(told -> tunnel.start(greeter.handler(), told.isSuccess()));
  }

  /** Returns the answer to a granted request. */
  static ByteBuf established() {
    return Unpooled.copiedBuffer(ESTABLISHED, US_ASCII);
  }

  private void start(ChannelHandler greeter, boolean told) {
    if (!told || client.pipeline().context(greeter) == null) {
      // The client is gone
      close();
      return;
    }
    var relay = new Relay(server);
    client.pipeline().replace(greeter, "relay", relay);
    if (((SocketChannel) client).isInputShutdown()) {
      relay.ended(); // while its request was read
    }
    client.read();
    server.read();
  }

  private void close() {
    client.close();
    server.close();
  }

  /**
   * Closes a silent connection: a peer that has ended its side and never reads must not stay for
   * ever.
   */
  private void closeIfSilent() {
    if (!client.isActive() && !server.isActive()) {
      return;
    }
    if (!moved) {
      close();
      return;
    }
    moved = false;
    client.eventLoop().schedule(this::closeIfSilent, silence.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Reads one side and writes to the other. */
  private final class Relay extends ChannelInboundHandlerAdapter {
    private final Channel other;

    Relay(Channel other) {
      this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
      moved = true;
      other.write(bytes, other.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      other.flush();
      if (other.isWritable()) {
        ctx.read();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      if (ctx.channel().isWritable()) {
        other.read();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE) {
        ended();
      }
    }

    void ended() {
      other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> passEndOn());
    }

    private void passEndOn() {
      endsPassedOn++;
      if (endsPassedOn == 2) {
        close();
      } else {
        ((SocketChannel) other).shutdownOutput();
        moved = true;
        closeIfSilent();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Passes a reset on: an ordinary end would make a cut-off answer look complete. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      other.config().setOption(ChannelOption.SO_LINGER, 0);
      close();
    }
  }
}
