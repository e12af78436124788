package io.github.datasphere.emulator.record;

import io.github.datasphere.emulator.session.Event.WentAway;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The service to which calls are relayed: the hosts that the client names, or one address in their
 * place. Its certificate is verified in any case. Safe for several threads.
 */
public final class Upstream implements AutoCloseable {
  private static final int HTTPS = 443;
  private static final int MOST_BYTES = 256 << 20;
  private static final int MOST_METADATA = 64 << 10;
  private static final int PATIENCE_SECONDS = 2;
  private static final String PLAIN = "plaintext:";

  private final Optional<String> address;
  private final Optional<Path> roots;
  private final Optional<Consumer<WentAway>> goAways;
  private final Map<String, ManagedChannel> channels = new HashMap<>();
  private @Nullable EventLoopGroup loop;

  /**
   * Makes one; nothing is connected yet.
   *
   * @param address {@code HOST:PORT} of the service; empty for the hosts that clients name. One
   *     that begins with {@code plaintext:} is reached without TLS
   * @param roots certificates that the service's has to stem from; empty for those of Java
   */
  public Upstream(Optional<String> address, Optional<Path> roots) {
    this(address, roots, Optional.empty());
  }

  /** Makes one that also tells when the service ends a connection. */
  Upstream(Optional<String> address, Optional<Path> roots, Consumer<WentAway> goAways) {
    this(address, roots, Optional.of(goAways));
  }

  private Upstream(
      Optional<String> address, Optional<Path> roots, Optional<Consumer<WentAway>> goAways) {
    this.address = address;
    this.roots = roots;
    this.goAways = goAways;
  }

  /**
   * Returns the channel to the host of this name, as this program.
   *
   * @throws IOException if the certificates cannot be read
   */
  public synchronized ManagedChannel channel(String host, String userAgent) throws IOException {
    var target = address.orElse(host.contains(":") ? host : host + ":" + HTTPS);
    var key = target + ' ' + userAgent;
    var open = channels.get(key);
    if (open == null) {
      open = connect(target, userAgent);
      channels.put(key, open);
    }
    return open;
  }

  private ManagedChannel connect(String target, String userAgent) throws IOException {
    boolean isPlain = target.startsWith(PLAIN);
    var builder = NettyChannelBuilder.forTarget(isPlain ? target.substring(PLAIN.length()) : target)
        .maxInboundMessageSize(MOST_BYTES)
        .maxInboundMetadataSize(MOST_METADATA)
        .proxyDetector(unused -> null)
        .disableRetry();
    goAways.ifPresent(taker -> {
      var host = target.replaceFirst("^" + PLAIN, "").replaceFirst(":\\d+$", "");
      builder
          .eventLoopGroup(loop())
          .channelFactory(() -> ConnectionWatch.on(new NioSocketChannel(), host, taker));
    });
    if (!userAgent.isEmpty()) {
      builder.userAgent(userAgent);
    }
    if (isPlain) {
      return builder.usePlaintext().build();
    }
    var tls = GrpcSslContexts.forClient();
    roots.ifPresent(file -> tls.trustManager(file.toFile()));
    return builder.sslContext(tls.build()).build();
  }

  private EventLoopGroup loop() {
    var made = loop;
    if (made == null) {
      made = new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("record-service", true), NioIoHandler.newFactory());
      loop = made;
    }
    return made;
  }

  /** Returns what verifies the service's file hosts. */
  SSLContext fileTrust() throws IOException {
    try {
      if (roots.isEmpty()) {
        return SSLContext.getDefault();
      }
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      try (InputStream file = Files.newInputStream(roots.get())) {
        int number = 0;
        for (var root : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
          store.setCertificateEntry("root" + number++, root);
        }
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "The certificates in " + roots.orElseThrow() + " cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    try {
      for (var channel : channels.values()) {
        channel.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      if (loop != null) {
        loop.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
            .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
