package io.github.datasphere.emulator.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.datasphere.emulator.gateway.tls.HttpRefusal;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.Test;

class GoneClientTest {
  @Test
  void whoeverHasGoneWhileAnAnswerWasPreparedIsToldNothing() {
    assertThatCode(() -> RefuseAndClose.say(gone(), new HttpRefusal(502, "too late")))
        .doesNotThrowAnyException();
  }

  /** As a client is whose connection has ended: its handlers are removed. */
  private static ChannelHandlerContext gone() {
    var channel = new NioSocketChannel();
    var handler = new ChannelInboundHandlerAdapter();
    channel.pipeline().addLast(handler);
    var context = channel.pipeline().context(handler);
    channel.pipeline().remove(handler);
    return context;
  }
}
