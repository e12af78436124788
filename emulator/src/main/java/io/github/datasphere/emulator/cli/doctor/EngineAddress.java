package io.github.datasphere.emulator.cli.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Where a container engine listens. */
record EngineAddress(String name, SocketAddress socket, StandardProtocolFamily family) {

  static EngineAddress unix(String path) {
    return new EngineAddress(path, UnixDomainSocketAddress.of(path), StandardProtocolFamily.UNIX);
  }

  /**
   * Reads what stands in {@code DOCKER_HOST}.
   *
   * @throws IllegalArgumentException if it is neither {@code unix://} nor {@code tcp://}
   */
  static EngineAddress parse(String dockerHost) {
    var uri = URI.create(dockerHost);
    if ("unix".equals(uri.getScheme())) {
      return unix(uri.getPath());
    }
    if ("tcp".equals(uri.getScheme()) && uri.getHost() != null) {
      var port = uri.getPort() < 0 ? 2375 : uri.getPort();
      return new EngineAddress(
          dockerHost, new InetSocketAddress(uri.getHost(), port), StandardProtocolFamily.INET);
    }
    throw new IllegalArgumentException(dockerHost + " is neither unix:// nor tcp://");
  }

  /** What the engine says about itself: a JSON text, with the headers before it. */
  String version() throws IOException {
    try (var channel = SocketChannel.open(family)) {
      channel.connect(socket);
      // HTTP 1.0, so that the end of the answer is the end of the connection.
      var request = "GET /version HTTP/1.0\r\nHost: docker\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      var answer = new ByteArrayOutputStream();
      var buffer = ByteBuffer.allocate(8192);
      while (channel.read(buffer.clear()) >= 0) {
        answer.write(buffer.array(), 0, buffer.position());
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }
}
