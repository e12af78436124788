package io.github.datasphere.emulator.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.gateway.proxy.Route.ToHost;
import io.github.datasphere.emulator.gateway.tls.HttpRefusal;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Name servers that do not answer, which no test on loopback can have. */
class DialerTest {
  private static final ConnectRequest REQUEST = new ConnectRequest("slow.example", 443);

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void end() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  @Test
  void lookUpThatNeverEndsGets504() {
    assertThat(refusalWith(lookUp -> {}).status()).isEqualTo(504);
  }

  @Test
  void tooManyLookUpsAtOnceGet503() {
    Executor full = lookUp -> {
      throw new RejectedExecutionException();
    };
    assertThat(refusalWith(full))
        .returns(503, HttpRefusal::status)
        .returns(true, refusal -> refusal.text().contains("Try again"));
  }

  private HttpRefusal refusalWith(Executor lookUps) {
    var dialer = new Dialer(lookUps, Duration.ofMillis(50));
    var dialled = dialer.dial(new ToHost(REQUEST.host(), REQUEST.port()), (EventLoop) loops.next());
    assertThat(dialled.awaitUninterruptibly().isSuccess()).isFalse();
    return Dialer.explain(REQUEST, dialled.cause());
  }
}
