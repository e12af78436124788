package io.github.datasphere.emulator.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One end of a connection, read and written by hand. */
public record Peer(Socket socket) implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  public static Peer connect(InetSocketAddress to) throws IOException {
    return of(new Socket(to.getAddress(), to.getPort()));
  }

  public static Peer of(Socket socket) throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    return new Peer(socket);
  }

  public static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public Peer send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  public Peer send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Asks a proxy for a tunnel. */
  public Peer ask(String authority) throws IOException {
    return send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
  }

  public Peer end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  public Peer reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
    return this;
  }

  public String read(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
  }

  public String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** Status line and header fields, without the empty line. */
  public String readHead() throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      var next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("ended after: " + head.toString(ISO_8859_1));
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
