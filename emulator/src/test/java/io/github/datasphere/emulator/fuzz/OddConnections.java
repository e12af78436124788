package io.github.datasphere.emulator.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Opens connections to all ports of a server, sends odd bytes, and notes what answers badly. */
final class OddConnections {
  private static final int AT_ONCE = 16;
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int MOST_ANSWER = 1 << 16;
  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.\\d (\\d{3})");

  /** What HTTP/2 begins with, an empty SETTINGS frame, and a HEADERS frame without headers. */
  private static final String HTTP2 =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0\0\0\0\1\5\0\0\0\1";

  /** A ClientHello that names one cipher and no extension. */
  private static final String CLIENT_HELLO =
      "\26\3\1\0\57\1\0\0\53\3\3" + "r".repeat(32) + "\0\0\2\23\1\1\0\0\0";

  private final FuzzedServer.Ports ports;
  private final String upload;
  private final ProcessWatch pulse;
  private final Complaints complaints;

  private record Target(String name, String host, int port, String valid) {}

  /**
   * Nothing is opened before {@link #send}.
   *
   * @param upload a URL that takes one byte
   */
  OddConnections(
      FuzzedServer.Ports ports, String upload, ProcessWatch pulse, Complaints complaints) {
    this.pulse = pulse;
    this.ports = ports;
    this.upload = upload;
    this.complaints = complaints;
  }

  /** Opens so many connections; returns when all are closed. */
  void send(long seed, int connections) throws InterruptedException {
    var targets = targets();
    var threads = Executors.newFixedThreadPool(AT_ONCE);
    for (int i = 0; i < connections; i++) {
      var target = targets.get(i % targets.size());
      var own = seed + i;
      threads.execute(() -> open(target, own));
    }
    threads.shutdown();
    if (!threads.awaitTermination(10, TimeUnit.MINUTES)) {
      complaints.add("connections are still open after ten minutes", "");
    }
  }

  private List<Target> targets() {
    var http = ports.http();
    var put = URI.create(upload);
    var host = "Host: " + http.getAuthority() + "\r\n";
    return List.of(
        http(http, "GET /healthz HTTP/1.1\r\n" + host + "\r\n"),
        http(http, "HEAD /healthz HTTP/1.1\r\n" + host + "\r\n"),
        http(
            http,
            "PUT " + put.getRawPath() + "?" + put.getRawQuery() + " HTTP/1.1\r\n" + host
                + "Content-Length: 1\r\n\r\na"),
        http(
            http,
            "PUT " + put.getRawPath() + "?" + put.getRawQuery() + " HTTP/1.1\r\n" + host
                + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"),
        http(http, "GET / HTTP/1.1\r\n" + host + "Range: bytes=0-5\r\n\r\n"),
        http(
            http,
            "GET /computeMetadata/v1/instance/service-accounts/default/token HTTP/1.1\r\n" + host
                + "Metadata-Flavor: Google\r\n\r\n"),
        http(
            ports.proxy(),
            "CONNECT datasphere.api.cloud.yandex.net:443 HTTP/1.1\r\n"
                + "Host: datasphere.api.cloud.yandex.net:443\r\n\r\n"),
        port("tls", ports.tls(), CLIENT_HELLO),
        port("grpc", ports.grpc(), HTTP2));
  }

  private static Target http(URI at, String valid) {
    return new Target(valid.lines().findFirst().orElseThrow(), at.getHost(), at.getPort(), valid);
  }

  private static Target port(String name, String at, String valid) {
    int colon = at.lastIndexOf(':');
    return new Target(
        name, at.substring(0, colon), Integer.parseInt(at.substring(colon + 1)), valid);
  }

  private void open(Target target, long seed) {
    var random = new Random(seed);
    long begin = System.nanoTime();
    var bytes = target.valid().getBytes(ISO_8859_1);
    if (random.nextInt(10) > 0) {
      bytes = new Mutations(seed, List.of("")).changed(bytes);
    }
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(target.host(), target.port()), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes);
      if (random.nextInt(20) == 0) {
        socket.setSoLinger(true, 0);
        return;
      }
      socket.shutdownOutput();
      judge(target, bytes, answer(socket));
      if (System.nanoTime() - begin > ANSWER_NANOS && !pulse.wasLateSince(begin)) {
        complaints.addSilence(
            target.name() + " took more than five seconds", new String(bytes, ISO_8859_1));
      }
    } catch (SocketTimeoutException e) {
      complaints.addSilence(
          target.name() + " neither answered nor closed within a minute",
          new String(bytes, ISO_8859_1));
    } catch (IOException e) {
      // The server may close a connection whose bytes it cannot use before it has read them all
      if (String.valueOf(e.getMessage()).contains("refused")) {
        complain(target, bytes, "refused the connection");
      }
    }
  }

  private static String answer(Socket socket) throws IOException {
    var answer = new ByteArrayOutputStream();
    var buffer = new byte[4096];
    var input = socket.getInputStream();
    for (int n = input.read(buffer); n >= 0 && answer.size() < MOST_ANSWER; ) {
      answer.write(buffer, 0, n);
      n = input.read(buffer);
    }
    return answer.toString(ISO_8859_1);
  }

  private void judge(Target target, byte[] bytes, String answer) {
    var status = STATUS.matcher(answer);
    if (!status.find()) {
      return;
    }
    int code = Integer.parseInt(status.group(1));
    if (code == 500) {
      complain(target, bytes, "answered " + answer.lines().findFirst().orElse(""));
    }
    var head = answer.split("\r\n\r\n", 2);
    if (code >= 400
        && head.length == 2
        && !head[1].isEmpty()
        && !head[0].toLowerCase(Locale.ROOT).contains("\ncontent-type:")) {
      complain(target, bytes, "answered an error without a Content-Type: " + head[0]);
    }
  }

  private void complain(Target target, byte[] bytes, String what) {
    complaints.add(target.name() + " " + what, new String(bytes, ISO_8859_1));
  }
}
