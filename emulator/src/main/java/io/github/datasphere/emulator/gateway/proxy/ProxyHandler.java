package io.github.datasphere.emulator.gateway.proxy;

import io.github.datasphere.emulator.gateway.limit.ConnectionLimit;
import io.github.datasphere.emulator.gateway.proxy.Route.AnswerFor;
import io.github.datasphere.emulator.gateway.proxy.Route.Refused;
import io.github.datasphere.emulator.gateway.proxy.Route.ToAddress;
import io.github.datasphere.emulator.gateway.proxy.Route.ToHost;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.group.ChannelGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Takes each new connection of the CONNECT port, and joins it to its destination. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are fluent
@Sharable
final class ProxyHandler extends ChannelInitializer<Channel> {
  private final ProxySettings.Limits limits;
  private final ProxyRoutes routes;
  private final Dialer dialer;
  private final Optional<OfflineHosts> offline;
  private final ChannelGroup open;
  private final ConnectionLimit connections;

  /**
   * @param open gets every connection, incoming and outgoing
   * @param blocking for what would hold the event loop up
   */
  ProxyHandler(ProxySettings settings, ChannelGroup open, Executor blocking) {
    this.limits = settings.limits();
    this.routes = new ProxyRoutes(settings);
    this.dialer = new Dialer(blocking, limits.connect());
    this.offline = settings.offline().map(authority -> new OfflineHosts(authority, blocking));
    this.open = open;
    this.connections = new ConnectionLimit(ConnectionLimit.MOST);
  }

  @Override
  protected void initChannel(Channel client) {
    open.add(client);
    client.pipeline().addLast(connections);
    client.pipeline().addLast(new RequestHead(limits, this::answer));
  }

  private void answer(ConnectRequest request, ChannelHandlerContext client) {
    var loop = client.channel().eventLoop();
    var route = routes.of(request);
    if (route instanceof Refused refused) {
      RefuseAndClose.say(client, refused.refusal());
    } else if (route instanceof ToAddress target) {
      join(request, client, dialer.dial(target.candidates(), loop));
    } else if (route instanceof ToHost target) {
      join(request, client, dialer.dial(target, loop));
    } else if (route instanceof AnswerFor target) {
      offline.orElseThrow().answer(target.host(), client);
    } else {
      throw new AssertionError(route);
    }
  }

  private void join(ConnectRequest request, ChannelHandlerContext client, Future<Channel> dialled) {
    dialled.addListener(done -> {
      if (done.isSuccess()) {
        open.add(dialled.getNow());
        Tunnel.join(client, dialled.getNow(), limits.halfClosed());
      } else {
        RefuseAndClose.say(client, Dialer.explain(request, done.cause()));
      }
    });
  }
}
