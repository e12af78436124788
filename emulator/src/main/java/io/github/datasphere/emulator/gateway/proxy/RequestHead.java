package io.github.datasphere.emulator.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.datasphere.emulator.gateway.tls.HttpRefusal;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.socket.ChannelInputShutdownEvent;
import io.grpc.netty.shaded.io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the request of a client, and leaves every byte after it for the next handler. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are fluent
final class RequestHead extends ByteToMessageDecoder {
  private static final int TLS_HANDSHAKE = 0x16;

  private final ProxySettings.Limits limits;
  private final Answer answer;
  private @Nullable Future<?> timeout;
  private int scanned;
  private boolean done;

  /** Takes over the connection, whose reading is paused. */
  interface Answer {
    void to(ConnectRequest request, ChannelHandlerContext client);
  }

  RequestHead(ProxySettings.Limits limits, Answer answer) {
    this.limits = limits;
    this.answer = answer;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    timeout =
        ctx.executor().schedule(() -> late(ctx), limits.head().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (done) {
      return;
    }
    if (in.getUnsignedByte(in.readerIndex()) == TLS_HANDSHAKE) {
      // In plain text: clients take that for "this proxy speaks no TLS", and say so.
      refuse(
          ctx,
          HttpRefusal.malformed("this client began with TLS. Write http:// before its address"));
      return;
    }
    var end = endOfHead(in);
    if (end > limits.headBytes() || (end < 0 && in.readableBytes() > limits.headBytes())) {
      refuse(
          ctx,
          new HttpRefusal(
              431,
              "The emulator's CONNECT port takes requests of " + limits.headBytes()
                  + " bytes at most."));
    } else if (end >= 0) {
      decide(ctx, in.readCharSequence(end, ISO_8859_1).toString());
    }
  }

  private void decide(ChannelHandlerContext ctx, String head) {
    var parsed = ConnectRequest.parse(head);
    if (parsed.refusal().isPresent()) {
      refuse(ctx, parsed.refusal().get());
    } else {
      finish();
      ctx.channel().config().setAutoRead(false);
      answer.to(parsed.request().orElseThrow(), ctx);
    }
  }

  /** Returns the number of bytes up to and with the empty line, or -1. */
  private int endOfHead(ByteBuf in) {
    for (var i = scanned; i < in.readableBytes(); i++) {
      if (in.getByte(in.readerIndex() + i) == '\n' && endsEmptyLine(in, in.readerIndex() + i)) {
        return i + 1;
      }
    }
    scanned = in.readableBytes();
    return -1;
  }

  private static boolean endsEmptyLine(ByteBuf in, int newline) {
    var before = newline - 1;
    if (before >= in.readerIndex() && in.getByte(before) == '\r') {
      before--;
    }
    return before >= in.readerIndex() && in.getByte(before) == '\n';
  }

  private void late(ChannelHandlerContext ctx) {
    if (!done) {
      refuse(
          ctx,
          new HttpRefusal(
              408,
              "No whole request came to the emulator's CONNECT port within "
                  + limits.head().toSeconds() + " seconds."));
    }
  }

  private void refuse(ChannelHandlerContext ctx, HttpRefusal refusal) {
    finish();
    RefuseAndClose.say(ctx, refusal);
  }

  private void finish() {
    done = true;
    if (timeout != null) {
      timeout.cancel(false);
    }
  }

  /** Does not call the decoder, which would throw away what follows the request. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE && !done) {
      ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    finish();
    super.channelInactive(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
