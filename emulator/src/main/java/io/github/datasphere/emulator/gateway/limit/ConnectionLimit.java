package io.github.datasphere.emulator.gateway.limit;

import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many connections one port holds at once, so that a client that opens more and more of
 * them leaves the process its memory and its descriptors. A connection beyond that costs another
 * its place: the oldest of those that have sent nothing, or else the one that has been silent for
 * longest.
 */
@ChannelHandler.Sharable
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are fluent
public final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  /** More than any known use of an emulator needs. */
  public static final int MOST = 2_000;

  private final int most;
  private final Set<ChannelHandlerContext> silent = new LinkedHashSet<>();
  private final Set<ChannelHandlerContext> heard =
      new LinkedHashSet<>(); // the last one heard comes last

  /** Makes one for one port. */
  public ConnectionLimit(int most) {
    this.most = most;
  }

  /** Returns what a gRPC server on Netty (the shaded one) needs to serve without encryption. */
  public ServerCredentials plaintext() {
    return InternalNettyServerCredentials.create(
        before(InternalProtocolNegotiators.serverPlaintext()));
  }

  /** Returns the same negotiation with this limit before it. */
  public ProtocolNegotiator before(ProtocolNegotiator negotiator) {
    return new GuardedNegotiator(() -> this, negotiator);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    var victim = enter(ctx);
    ctx.channel().closeFuture().addListener(closed -> leave(ctx));
    if (victim != null) {
      // From here, past gRPC, which would wait for the client's last words
      victim.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    hear(ctx);
    ctx.fireChannelRead(message);
  }

  /** Returns the connection that has to go; null if there is room. */
  private synchronized @Nullable ChannelHandlerContext enter(ChannelHandlerContext client) {
    var victim = silent.size() + heard.size() < most ? null : longestSilent();
    if (victim != null) {
      leave(victim);
    }
    silent.add(client);
    return victim;
  }

  private ChannelHandlerContext longestSilent() {
    return (silent.isEmpty() ? heard : silent).iterator().next();
  }

  private synchronized void hear(ChannelHandlerContext client) {
    if (silent.remove(client) || heard.remove(client)) {
      heard.add(client);
    }
  }

  private synchronized void leave(ChannelHandlerContext client) {
    silent.remove(client);
    heard.remove(client);
  }
}
