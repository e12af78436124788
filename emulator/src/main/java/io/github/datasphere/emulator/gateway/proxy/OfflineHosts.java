package io.github.datasphere.emulator.gateway.proxy;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.gateway.tls.CertificateAuthority;
import io.github.datasphere.emulator.gateway.tls.FixedKeys;
import io.github.datasphere.emulator.gateway.tls.HttpRefusal;
import io.github.datasphere.emulator.gateway.tls.TlsPort;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpServerCodec;
import io.grpc.netty.shaded.io.netty.handler.ssl.OptionalSslHandler;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for foreign hosts when nothing may leave the machine. It ends TLS with a certificate
 * for the name that was asked for, and lets {@link OfflineAnswers} answer.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are fluent
public final class OfflineHosts {
  private static final Logger LOG = LoggerFactory.getLogger(OfflineHosts.class);
  public static final int KEPT = 256;
  private static final long SILENCE_SECONDS = 120;

  private final CertificateAuthority authority;
  private final Executor blocking;
  private final Map<String, SslContext> contexts = new LinkedHashMap<>(16, 0.75f, true);

  OfflineHosts(CertificateAuthority authority, Executor blocking) {
    this.authority = authority;
    this.blocking = blocking;
  }

  /** Takes over the connection of this context, whose request named the host. */
  void answer(String host, ChannelHandlerContext client) {
    try {
      blocking.execute(() -> prepare(host, client));
    } catch (RejectedExecutionException e) {
      RefuseAndClose.say(
          client, new HttpRefusal(503, "The emulator is making too many certificates. Try again."));
    }
  }

  private void prepare(String host, ChannelHandlerContext client) {
    try {
      var context = contextFor(host);
      client.executor().execute(() -> begin(context, client));
    } catch (IOException e) {
      PlainWarning.tell(LOG, e, "No certificate could be made for {}", host);
      var refusal = new HttpRefusal(
          502, "The emulator cannot make a certificate for this host. See its log.");
      client.executor().execute(() -> RefuseAndClose.say(client, refusal));
    }
  }

  private synchronized SslContext contextFor(String host) throws IOException {
    var known = contexts.get(host);
    if (known != null) {
      return known;
    }
    var keys = new FixedKeys(authority.issue(List.of(host)));
    var made = TlsPort.context(keys, "http/1.1");
    contexts.put(host, made);
    if (contexts.size() > KEPT) {
      contexts.remove(contexts.keySet().iterator().next());
    }
    return made;
  }

  private static void begin(SslContext context, ChannelHandlerContext client) {
    if (client.pipeline().context(client.handler()) == null) {
      return; // the client has gone meanwhile
    }
    var channel = client.channel();
    channel.writeAndFlush(Tunnel.established());
    channel
        .pipeline()
        .addLast(new ReadTimeoutHandler(SILENCE_SECONDS, TimeUnit.SECONDS))
        .addLast(new HttpServerCodec())
        .addLast(new OfflineAnswers())
        .replace(client.handler(), "tls", new OptionalSslHandler(context));
    channel.config().setAutoRead(true);
  }
}
