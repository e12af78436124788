package io.github.datasphere.emulator.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;

/** As much of HTTP/2 as a client needs that keeps to no limit. */
final class Http2Peer {
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int GO_AWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 4;
  private static final int LARGEST_FRAME = 16_384;

  private final DataOutputStream out;
  private final DataInputStream in;

  Http2Peer(Socket socket) throws IOException {
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
    out.flush();
  }

  /** Sends a request whose one header has this many bytes. */
  void sendHeaders(int bytes) throws IOException {
    var block = new ByteArrayOutputStream();
    block.write(new byte[] {(byte) 0x83, (byte) 0x87}); // :method POST, :scheme https
    literal(block, ":path", "/grpc.health.v1.Health/Check");
    literal(block, "x-long", "x".repeat(bytes));
    var all = block.toByteArray();
    try {
      for (var from = 0; from < all.length; from += LARGEST_FRAME) {
        var to = Math.min(all.length, from + LARGEST_FRAME);
        frame(
            from == 0 ? HEADERS : CONTINUATION,
            to == all.length ? END_HEADERS : 0,
            1,
            Arrays.copyOfRange(all, from, to));
      }
      out.flush();
    } catch (SocketException e) {
      // Refused before the end; the answer says how.
    }
  }

  /** The first frame that answers the request. */
  String answer() throws IOException {
    while (true) {
      var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      var type = in.readUnsignedByte();
      in.readUnsignedByte();
      in.readInt();
      var content = in.readNBytes(length);
      switch (type) {
        case HEADERS:
          return "HEADERS " + Arrays.toString(content);
        case RESET:
          return "RESET";
        case GO_AWAY:
          return "GO_AWAY " + content[7] + new String(content, 8, length - 8, US_ASCII);
        default:
        // settings, pings and windows
      }
    }
  }

  private void frame(int type, int flags, int stream, byte[] content) throws IOException {
    out.writeByte(content.length >> 16);
    out.writeShort(content.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(content);
  }

  /** Without indexing and without Huffman's code. */
  private static void literal(ByteArrayOutputStream block, String name, String value)
      throws IOException {
    block.write(0);
    text(block, name);
    text(block, value);
  }

  private static void text(ByteArrayOutputStream block, String text) throws IOException {
    var length = text.length();
    if (length < 127) {
      block.write(length);
    } else {
      block.write(127);
      var rest = length - 127;
      for (; rest >= 128; rest >>= 7) {
        block.write(rest & 127 | 128);
      }
      block.write(rest);
    }
    block.write(text.getBytes(US_ASCII));
  }
}
