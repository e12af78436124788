package io.github.datasphere.emulator.gateway.tls;

import io.github.datasphere.emulator.gateway.limit.GuardedNegotiator;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelFutureListener;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;

/**
 * Tells a client that speaks plain text to the TLS port which port it has come to. gRPC by itself
 * ends such a connection without a word.
 *
 * <p>The answer is HTTP/1.1 also for gRPC clients: they then say "trying to connect an http1.x
 * server" and wait before they try again. An HTTP/2 GOAWAY, which needs SETTINGS before it, does
 * not do: tried with it, clients on C-core connect again without a pause, for ever.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are fluent
final class PlainTextGuard extends ChannelInboundHandlerAdapter {
  private static final int TLS_HANDSHAKE = 0x16;
  private static final String TEXT =
      "This is the emulator's TLS port, and this client speaks plain text. Use TLS with the"
          + " emulator's CA, or the plaintext gRPC port.";

  private boolean refused;

  private PlainTextGuard() {}

  /** Returns the same negotiation with this guard before it. */
  static ProtocolNegotiator before(ProtocolNegotiator tls) {
    return new GuardedNegotiator(PlainTextGuard::new, tls);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var bytes = (ByteBuf) message;
    if (!refused && bytes.getUnsignedByte(bytes.readerIndex()) == TLS_HANDSHAKE) {
      ctx.pipeline().remove(this);
      ctx.fireChannelRead(bytes);
      return;
    }
    if (!refused) {
      refused = true;
      ctx.writeAndFlush(Unpooled.wrappedBuffer(new HttpRefusal(400, TEXT).toHttp()))
          .addListener(ChannelFutureListener.CLOSE);
    }
    ReferenceCountUtil.release(bytes);
  }
}
