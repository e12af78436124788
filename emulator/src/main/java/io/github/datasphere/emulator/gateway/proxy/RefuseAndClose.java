package io.github.datasphere.emulator.gateway.proxy;

import io.github.datasphere.emulator.gateway.tls.HttpRefusal;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelFutureListener;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.socket.ChannelInputShutdownEvent;
import io.grpc.netty.shaded.io.netty.channel.socket.SocketChannel;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Refuses a request, and closes only after the client has had time to read the answer. To close
 * while bytes of the client are unread would reset the connection, and the client would lose the
 * answer.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are fluent
final class RefuseAndClose extends ChannelInboundHandlerAdapter {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private RefuseAndClose() {}

  /**
   * Takes the place of the handler of this context. A client may have gone meanwhile: then there is
   * no place to take.
   */
  static void say(ChannelHandlerContext ctx, HttpRefusal refusal) {
    if (ctx.pipeline().context(ctx.handler()) == null) {
      return;
    }
    var client = (SocketChannel) ctx.channel();
    client.pipeline().replace(ctx.handler(), "last word", new RefuseAndClose());
    client
        .writeAndFlush(Unpooled.wrappedBuffer(refusal.toHttp()))
        .addListener(sent -> leave(client, sent.isSuccess()));
    client.config().setAutoRead(true);
    var timeout = client
        .eventLoop()
        .schedule(() -> client.close(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    client.closeFuture().addListener(closed -> timeout.cancel(false));
  }

  private static void leave(SocketChannel client, boolean said) {
    if (said && !client.isInputShutdown()) {
      client.shutdownOutput();
    } else {
      client.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    ReferenceCountUtil.release(bytes);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
