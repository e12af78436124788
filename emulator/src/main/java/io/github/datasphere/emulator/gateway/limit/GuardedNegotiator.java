package io.github.datasphere.emulator.gateway.limit;

import io.grpc.netty.shaded.io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.util.AsciiString;
import java.util.function.Supplier;

/** The negotiation of a gRPC port, with a guard before it that sees each connection first. */
public final class GuardedNegotiator implements ProtocolNegotiator {
  private final Supplier<ChannelHandler> guard;
  private final ProtocolNegotiator then;

  /**
   * Makes one for a port.
   *
   * @param guard gives a handler for each connection
   */
  public GuardedNegotiator(Supplier<ChannelHandler> guard, ProtocolNegotiator then) {
    this.guard = guard;
    this.then = then;
  }

  @Override
  public AsciiString scheme() {
    return then.scheme();
  }

  @Override
  public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
    return new Placement(guard.get(), then.newHandler(grpc));
  }

  @Override
  public void close() {
    then.close();
  }

  /** Puts the guard before all that gRPC has set up, and gRPC's handler into its own place. */
  private static final class Placement extends ChannelHandlerAdapter {
    private final ChannelHandler guard;
    private final ChannelHandler grpc;

    Placement(ChannelHandler guard, ChannelHandler grpc) {
      this.guard = guard;
      this.grpc = grpc;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      ctx.pipeline().addFirst(guard);
      ctx.pipeline().replace(this, null, grpc);
    }
  }
}
