package io.github.datasphere.emulator.files.minio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes of MinIO a server that ignores the digest in a URL, as others do: it signs such a PUT again
 * without it. Each connection serves one request.
 */
public final class UncheckingProxy implements AutoCloseable {
  private static final String DIGEST = "X-Amz-Content-Sha256=";
  private static final Duration LIFE = Duration.ofHours(1);

  private final URI target;
  private final UrlPresigner presigner;
  private final ServerSocket listener;
  private final AtomicInteger ignored = new AtomicInteger();

  public UncheckingProxy(MinioServer server) throws IOException {
    this.target = server.endpoint();
    this.presigner = new UrlPresigner(target, server.settings());
    this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    background(this::accept);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** How many digests it has ignored. */
  public int ignored() {
    return ignored.get();
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        background(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed
    }
  }

  private void serve(Socket client) {
    try (client;
        var server = new Socket(target.getHost(), target.getPort())) {
      var head = head(client.getInputStream());
      server.getOutputStream().write(rewritten(head).getBytes(ISO_8859_1));
      background(() -> pump(client, server));
      server.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // One side is gone; so is the other
    }
  }

  private String rewritten(String head) {
    var lines = head.split("\r\n", 2);
    var parts = lines[0].split(" ");
    var rest = lines[1];
    if (parts[0].equals("PUT") && parts[1].contains(DIGEST)) {
      ignored.incrementAndGet();
      var object =
          URI.create(parts[1]).getPath().substring(("/" + MinioServer.BUCKET + "/").length());
      var url = presigner.put(object, Clock.systemUTC().instant(), LIFE);
      parts[1] = url.getRawPath() + "?" + url.getRawQuery();
      rest = rest.replaceFirst("(?im)^host:.*$", "Host: " + target.getAuthority());
    }
    return String.join(" ", parts) + "\r\nConnection: close\r\n"
        + rest.replaceAll("(?im)^connection:.*\r\n", "");
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) {
        throw new EOFException();
      }
      head.write(one);
    }
    return head.toString(ISO_8859_1);
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The answer is through
    }
  }

  private static void background(Runnable task) {
    var thread = new Thread(task, "unchecking-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
