package io.github.datasphere.emulator.files.minio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives each request one answer, whatever was asked, and hangs up. */
final class OddStorage implements AutoCloseable {
  private static final int LINGER_MILLIS = 200;

  private final ServerSocket listener;
  private final Answer answer;
  private final AtomicInteger asked = new AtomicInteger();

  /** Writes an answer; one that never ends goes on until the client has gone. */
  @FunctionalInterface
  interface Answer {
    void to(OutputStream client) throws IOException;
  }

  OddStorage(Answer answer) throws IOException {
    this.answer = answer;
    this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    background(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** How many requests have come. */
  int asked() {
    return asked.get();
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
    try (client) {
      readHead(client.getInputStream());
      asked.incrementAndGet();
      answer.to(client.getOutputStream());
      client.getOutputStream().flush();
      client.shutdownOutput();
      client.setSoTimeout(LINGER_MILLIS);
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client has heard enough
    }
  }

  private static void readHead(InputStream in) throws IOException {
    var last = new StringBuilder();
    while (!last.toString().endsWith("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) {
        throw new IOException("no whole request");
      }
      last.append((char) one);
    }
  }

  static Answer text(String text) {
    return client -> client.write(text.getBytes(ISO_8859_1));
  }

  private static void background(Runnable task) {
    var thread = new Thread(task, "odd-storage");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
