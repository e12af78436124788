package io.github.datasphere.emulator.record;

import io.github.datasphere.emulator.session.Event.WentAway;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Sees that the service ends a connection (GOAWAY), which gRPC tells only to calls that it breaks.
 * It stands before TLS, and finds what reads HTTP/2 once that is there.
 */
final class ConnectionWatch extends ChannelInboundHandlerAdapter {
  private final String host;
  private final Consumer<WentAway> taker;
  private boolean isListening;

  private ConnectionWatch(String host, Consumer<WentAway> taker) {
    this.host = host;
    this.taker = taker;
  }

  /** Lets this connection be watched. */
  static NioSocketChannel on(NioSocketChannel connection, String host, Consumer<WentAway> taker) {
    connection.pipeline().addLast(new ConnectionWatch(host, taker));
    return connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (!isListening) {
      var http = context.pipeline().get(Http2ConnectionHandler.class);
      if (http != null) {
        isListening = true;
        http.connection().addListener(new GoAways());
      }
    }
    context.fireChannelRead(bytes);
  }

  private final class GoAways extends Http2ConnectionAdapter {
    private boolean isTold;

    /** A service that lets calls end says so twice: before it does, and then. */
    @Override
    public void onGoAwayReceived(int lastStream, long code, ByteBuf text) {
      if (isTold) {
        return;
      }
      isTold = true;
      var known = Http2Error.valueOf(code);
      taker.accept(new WentAway(
          host,
          known == null ? String.valueOf(code) : known.name(),
          text.toString(StandardCharsets.UTF_8)));
    }
  }
}
