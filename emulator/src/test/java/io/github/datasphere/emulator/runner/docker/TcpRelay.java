package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Shows an engine at a unix socket as one that is reached over the network. */
public final class TcpRelay implements AutoCloseable {
  private final UnixDomainSocketAddress engine;
  private final ServerSocketChannel server;
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
  private final Consumer<ByteBuffer> onRequest;
  private final AtomicLong sent = new AtomicLong();

  /** In front of the engine at this socket. */
  public TcpRelay(String dockerHost) {
    this(dockerHost, part -> {}, 0);
  }

  /** The same; what is done with the head of a request goes before the request is passed on. */
  public TcpRelay(String dockerHost, Consumer<String> onRequest) {
    this(dockerHost, part -> onRequest.accept(US_ASCII.decode(part).toString()), 0);
  }

  private TcpRelay(String dockerHost, Consumer<ByteBuffer> onPart, int port) {
    onRequest = onPart;
    try {
      engine = UnixDomainSocketAddress.of(dockerHost.replaceFirst("^unix://", ""));
      server = ServerSocketChannel.open()
          .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** The environment that leads to it. */
  public Map<String, String> environment() {
    return Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + server.socket().getLocalPort());
  }

  /** Ends the connections that are open now; others can be made. */
  public void breakOff() throws IOException {
    for (var channel : open) {
      channel.close();
      open.remove(channel);
    }
  }

  /** How many bytes have gone to the engine. */
  public long sent() {
    return sent.get();
  }

  /** Takes no other connection; those that are open go on. */
  public void refuseOthers() throws IOException {
    server.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    breakOff();
  }

  private void accept() {
    try {
      while (server.isOpen()) {
        var client = server.accept();
        open.add(client);
        start(() -> relay(client));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void relay(SocketChannel client) {
    try (client;
        var target = SocketChannel.open(engine)) {
      open.add(target);
      if (!server.isOpen()) {
        return; // closed before these two were noted
      }
      var back = start(() -> copy(target, client, answer -> {}));
      copy(client, target, part -> {
        sent.addAndGet(part.remaining());
        onRequest.accept(part);
      });
      back.join();
    } catch (IOException | InterruptedException e) {
      return; // the client sees that its connection ends
    }
  }

  private static void copy(SocketChannel from, SocketChannel to, Consumer<ByteBuffer> first) {
    var buffer = ByteBuffer.allocate(64 * 1024);
    try {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        first.accept(buffer.duplicate());
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      return; // either side has closed
    }
  }

  private static Thread start(Runnable work) {
    var thread = new Thread(work, "tcp-relay");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
