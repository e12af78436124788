package io.github.datasphere.emulator.gateway;

import io.github.datasphere.emulator.gateway.tls.Pem;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The JDK's TLS client, as a program that trusts one authority and checks host names. */
public record TlsClient(SSLContext context) {

  public static TlsClient trusting(Path authority) throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("emulator", Pem.certificate(Files.readString(authority)));
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return with(factory.getTrustManagers());
  }

  /** Takes any certificate: for tests under a clock that is not the JDK's. */
  public static TlsClient blind() throws Exception {
    return with(new TrustManager[] {new TrustsAll()});
  }

  public SSLSocket connect(int port, String name) throws Exception {
    return over(new Socket(InetAddress.getLoopbackAddress(), port), name);
  }

  /** Without a handshake yet; the name is checked against the certificate. */
  SSLSocket over(Socket socket, String name) throws Exception {
    var factory = context.getSocketFactory();
    var tls = (SSLSocket) factory.createSocket(socket, name, socket.getPort(), true);
    var parameters = tls.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    return tls;
  }

  private static TlsClient with(TrustManager[] trust) throws Exception {
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust, new SecureRandom());
    return new TlsClient(context);
  }

  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
