package io.github.datasphere.emulator.files.minio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before a server, and fails as told. Each connection serves one request, so that the next
 * request meets the fault that is ordered now.
 */
public final class FaultyProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong passed = new AtomicLong();
  private final AtomicInteger faultsLeft = new AtomicInteger();
  private volatile Optional<String> answer = Optional.empty();
  private volatile long cutAfter = Long.MAX_VALUE;

  public FaultyProxy(URI target) throws IOException {
    this.target = new InetSocketAddress(target.getHost(), target.getPort());
    this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    background(this::accept);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Answers so many requests by itself. */
  public void answer(int times, int status, String body) {
    answer = Optional.of(
        "HTTP/1.1 %d Ordered\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.length(), body));
    faultsLeft.set(times);
    cutAll();
  }

  /** From now on connections break off when so many bytes have come from the server. */
  public void cutAfter(long bytes) {
    cutAfter = bytes;
    cutAll();
  }

  public void heal() {
    faultsLeft.set(0);
    cutAfter = Long.MAX_VALUE;
  }

  /** Bytes that went through, both ways. */
  public long passed() {
    return passed.get();
  }

  private void cutAll() {
    open.forEach(FaultyProxy::close);
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        open.add(client);
        background(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed
    }
  }

  private void serve(Socket client) {
    if (faultsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      fail(client);
      return;
    }
    try (client;
        var server = new Socket()) {
      server.connect(target);
      open.add(server);
      var up = background(() -> pump(client, server, Long.MAX_VALUE));
      pump(server, client, cutAfter);
      close(server);
      close(client);
      up.join();
    } catch (IOException | InterruptedException e) {
      // One side is gone; so is the other
    } finally {
      open.remove(client);
    }
  }

  private void fail(Socket client) {
    try (client) {
      var in = client.getInputStream();
      var buffer = new byte[64 * 1024];
      if (in.read(buffer) > 0) {
        client.getOutputStream().write(answer.orElseThrow().getBytes(UTF_8));
        client.getOutputStream().flush();
        client.shutdownOutput();
        client.setSoTimeout(200);
        in.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      // The client has heard or gone
    }
  }

  private void pump(Socket from, Socket to, long limit) {
    try {
      copy(from.getInputStream(), to.getOutputStream(), limit);
    } catch (IOException e) {
      // The other pump notices
    }
    close(from);
    close(to);
  }

  private void copy(InputStream in, OutputStream out, long limit) throws IOException {
    var buffer = new byte[64 * 1024];
    for (long left = limit; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        return;
      }
      out.write(buffer, 0, n);
      passed.addAndGet(n);
      left -= n;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed it is
    }
  }

  private static Thread background(Runnable task) {
    var thread = new Thread(task, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cutAll();
  }
}
