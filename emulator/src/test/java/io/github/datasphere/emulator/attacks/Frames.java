package io.github.datasphere.emulator.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.datasphere.emulator.gateway.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A client of HTTP/2 that sends any frame at any time. */
final class Frames implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RESET = 3;
  static final int SETTINGS = 4;
  static final int PUSH = 5;
  static final int PING = 6;
  static final int GO_AWAY = 7;
  static final int WINDOW = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  /** Methods that many rows ask for. */
  static final String LIST = "/yandex.cloud.datasphere.v2.jobs.ProjectJobService/List";

  private final Peer peer;

  private Frames(Peer peer) {
    this.peer = peer;
  }

  static Frames to(InetSocketAddress server) throws IOException {
    return new Frames(Peer.connect(server));
  }

  Frames preface() throws IOException {
    peer.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    return send(SETTINGS, 0, 0, new byte[0]);
  }

  Frames text(String text) throws IOException {
    return bytes(text.getBytes(ISO_8859_1));
  }

  private Frames bytes(byte[] bytes) throws IOException {
    try {
      peer.send(bytes);
    } catch (SocketException e) {
      // Refused already: what comes next does not matter
    }
    return this;
  }

  Frames send(int type, int flags, int stream, byte[] content) throws IOException {
    return length(content.length, type, flags, stream, content);
  }

  /** The same with a length that may be a lie. */
  Frames length(int length, int type, int flags, int stream, byte[] content) throws IOException {
    var frame = new ByteArrayOutputStream();
    frame.write(length >> 16);
    frame.write(length >> 8);
    frame.write(length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(number(stream));
    frame.writeBytes(content);
    return bytes(frame.toByteArray());
  }

  static byte[] number(int number) {
    return new byte[] {
      (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number
    };
  }

  /** The head of a call: pairs of names and values, after those that each call has. */
  static byte[] call(String path, String... more) {
    var block = new ByteArrayOutputStream();
    block.write(0x83); // :method POST
    block.write(0x86); // :scheme http
    literal(block, ":path", path);
    literal(block, ":authority", "localhost");
    literal(block, "te", "trailers");
    literal(block, "content-type", "application/grpc");
    block.writeBytes(fields(more));
    return block.toByteArray();
  }

  static byte[] fields(String... pairs) {
    var block = new ByteArrayOutputStream();
    for (int i = 0; i < pairs.length; i += 2) {
      literal(block, pairs[i], pairs[i + 1]);
    }
    return block.toByteArray();
  }

  /** A message as gRPC frames it. */
  static byte[] message(int flag, int length, byte[] content) {
    var message = new ByteArrayOutputStream();
    message.write(flag);
    message.writeBytes(number(length));
    message.writeBytes(content);
    return message.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    text(block, name);
    text(block, value);
  }

  private static void text(ByteArrayOutputStream block, String text) {
    var bytes = text.getBytes(ISO_8859_1);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      var rest = bytes.length - 127;
      for (; rest >= 128; rest >>= 7) {
        block.write(rest & 127 | 128);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  /** What comes until the server ends the connection or says nothing for a moment. */
  String answer() throws IOException {
    return answer("\0none\0", 50);
  }

  /** What comes until this does. */
  String answer(String last, int millis) throws IOException {
    var all = new ByteArrayOutputStream();
    var buffer = new byte[64 * 1024];
    peer.socket().setSoTimeout(millis);
    try {
      int n = 0;
      while (n >= 0 && !all.toString(ISO_8859_1).contains(last)) {
        n = peer.socket().getInputStream().read(buffer);
        all.write(buffer, 0, Math.max(0, n));
      }
    } catch (SocketTimeoutException | SocketException e) {
      // Enough: there are no more news
    }
    return all.toString(ISO_8859_1);
  }

  Frames end() throws IOException {
    peer.end();
    return this;
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }
}
