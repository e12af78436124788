package io.github.datasphere.emulator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Writes requests byte by byte, as no well-behaved client would. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  /** What came back, up to the announced length or to the end of the connection. */
  record Response(int status, List<String> headers, String body) {
    String header(String name) {
      return headers.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  RawClient(URI server) throws IOException {
    this(server.getHost(), server.getPort());
  }

  RawClient(String host, int port) throws IOException {
    socket = new Socket(host, port);
    socket.setSoTimeout(30_000);
  }

  /** The request line and what follows, up to the empty line; one Host is added. */
  RawClient head(String method, URI url, String... headers) throws IOException {
    var lines = new ArrayList<>(List.of(method + " " + target(url) + " HTTP/1.1"));
    lines.add("Host: " + url.getAuthority());
    lines.addAll(List.of(headers));
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Says that nothing more will come, and still listens. */
  RawClient end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  Response receive() throws IOException {
    var head = receiveHead();
    var length = head.header("Content-Length");
    var body = length.isEmpty()
        ? new byte[0]
        : socket.getInputStream().readNBytes(Integer.parseInt(length));
    return new Response(head.status(), head.headers(), new String(body, ISO_8859_1));
  }

  /** Without its body, which stays unread. */
  Response receiveHead() throws IOException {
    var in = socket.getInputStream();
    var status = Integer.parseInt(line(in).split(" ")[1]);
    var headers = new ArrayList<String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
    }
    return new Response(status, headers, "");
  }

  /** Everything up to the end of the connection. */
  byte[] rest() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  /** Whether the server closed the connection. */
  boolean isClosedByServer() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String target(URI url) {
    return url.getRawQuery() == null
        ? url.getRawPath()
        : url.getRawPath() + "?" + url.getRawQuery();
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection after '" + line + "'");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }
}
