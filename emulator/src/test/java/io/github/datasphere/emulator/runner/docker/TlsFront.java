package io.github.datasphere.emulator.runner.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes an engine of this machine one that is reached as others are: over TCP, with TLS both ways,
 * as {@code dockerd --tlsverify} listens.
 */
final class TlsFront implements AutoCloseable {
  private static final String PASSWORD = "changeit";
  private static final String SETTINGS = """
      set -e
      openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca-key.pem -out ca.pem
      sign() {
        openssl req -newkey rsa:2048 -nodes -subj "/CN=$1" -keyout "$2" -out request.pem
        printf '%s\\n' "$4" > extensions
        openssl x509 -req -days 2 -in request.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial \
          -extfile extensions -out "$3"
      }
      sign client key.pem cert.pem extendedKeyUsage=clientAuth
      sign localhost server-key.pem server.pem 'subjectAltName=DNS:localhost,IP:127.0.0.1'
      openssl pkcs12 -export -in server.pem -inkey server-key.pem -passout pass:changeit \
        -out server.p12
      """;

  private final SSLServerSocket server;
  private final Path socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private TlsFront(SSLServerSocket server, Path socket) {
    this.server = server;
    this.socket = socket;
  }

  /**
   * Listens on a free port.
   *
   * @param folder gets the certificates, those of the client under the names that Docker wants
   * @param socket of the engine
   */
  static TlsFront start(Path folder, Path socket)
      throws IOException, InterruptedException, GeneralSecurityException {
    var made = RealEngine.started(new ProcessBuilder("bash", "-c", SETTINGS)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile()))
        .waitFor();
    if (made != 0) {
      throw new IOException(Files.readString(folder.resolve("openssl.log")));
    }
    var server = (SSLServerSocket) context(folder)
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    var front = new TlsFront(server, socket);
    front.threads.execute(front::accept);
    return front;
  }

  /** What leads the {@code docker} command there. */
  Map<String, String> variables(Path certificates) {
    return Map.of(
        "DOCKER_HOST",
        "tcp://localhost:" + server.getLocalPort(),
        "DOCKER_TLS_VERIFY",
        "1",
        "DOCKER_CERT_PATH",
        certificates.toString());
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        var client = (SSLSocket) server.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed: the test is over
    }
  }

  private void serve(SSLSocket client) {
    try (client;
        var engine = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      threads.execute(() -> up(client, engine));
      var buffer = ByteBuffer.allocate(64 << 10);
      while (engine.read(buffer.clear()) >= 0) {
        client.getOutputStream().write(buffer.array(), 0, buffer.position());
      }
    } catch (IOException e) {
      // One side is gone, and with it the other
    }
  }

  /** Not by the streams of a channel: one that is read takes no writes in Java 17. */
  private static void up(SSLSocket client, SocketChannel engine) {
    try {
      var bytes = new byte[64 << 10];
      for (int count; (count = client.getInputStream().read(bytes)) >= 0; ) {
        var buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
          engine.write(buffer);
        }
      }
      engine.shutdownOutput();
    } catch (IOException e) {
      // One side is gone, and with it the other
    }
  }

  private static SSLContext context(Path folder) throws IOException, GeneralSecurityException {
    var key = KeyStore.getInstance(folder.resolve("server.p12").toFile(), PASSWORD.toCharArray());
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(key, PASSWORD.toCharArray());
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var ca = Files.newInputStream(folder.resolve("ca.pem"))) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
