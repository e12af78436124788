package io.github.datasphere.emulator.gateway.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one TLS handshake with the port, so that the first client does not have to wait until Java
 * has loaded all classes for it. The official client allows a connection one second, and gave up on
 * a busy machine.
 */
public final class TlsWarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(TlsWarmUp.class);
  private static final int PATIENCE_MILLIS = 20_000;

  private TlsWarmUp() {}

  /** Returns when the handshake is done; a failure has no consequence. */
  public static void of(InetSocketAddress port, Path authority) {
    try (var socket = (SSLSocket) trusting(authority).getSocketFactory().createSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(port, PATIENCE_MILLIS);
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    } catch (IOException | GeneralSecurityException e) {
      LOG.debug("The TLS port was not tried: {}", e.toString());
    }
  }

  private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var file = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
