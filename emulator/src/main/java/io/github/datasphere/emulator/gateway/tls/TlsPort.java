package io.github.datasphere.emulator.gateway.tls;

import io.github.datasphere.emulator.gateway.limit.ConnectionLimit;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * TLS for servers of this process: ALPN {@code h2}, TLS 1.2 and 1.3, no client certificates, and
 * the same certificate whatever server name a client sends or does not send.
 *
 * <p>It uses the JDK's TLS, set up by hand. As measured, gRPC's usual ways
 * ({@code TlsServerCredentials}, {@code GrpcSslContexts}) add 0.2-0.6 s to the start, for a native
 * library, a password-protected key store in memory and Bouncy Castle's provider; this way adds
 * 0.08 s.
 */
public final class TlsPort {
  private TlsPort() {}

  /**
   * Returns what a gRPC server on Netty (the shaded one) needs to serve TLS with a certificate for
   * all names of {@link ServerNames#certified}. The certificate is replaced in time while the
   * server runs.
   *
   * @param advertised further names or addresses by which clients reach the port; may be empty
   * @throws IOException if the certificate can be neither read nor made
   */
  public static ServerCredentials credentials(
      CertificateAuthority authority, Collection<String> advertised) throws IOException {
    var keys = new RenewingKeys(authority, ServerNames.certified(advertised));
    var tls = InternalProtocolNegotiators.serverTls(context(keys, "h2"));
    return InternalNettyServerCredentials.create(
        new ConnectionLimit(ConnectionLimit.MOST).before(PlainTextGuard.before(tls)));
  }

  public static SslContext context(X509ExtendedKeyManager keys, String protocol)
      throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, new TrustManager[0], null);
      var alpn = new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          protocol);
      return new JdkSslContext(
          context,
          false,
          null,
          SupportedCipherSuiteFilter.INSTANCE,
          alpn,
          ClientAuth.NONE,
          new String[] {"TLSv1.3", "TLSv1.2"},
          false);
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java offers no TLS: " + e, e);
    }
  }
}
