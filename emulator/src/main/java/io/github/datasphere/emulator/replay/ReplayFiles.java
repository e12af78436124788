package io.github.datasphere.emulator.replay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.emulator.session.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Serves the recording's files, and takes uploads of the same content. Opens its port at need. */
final class ReplayFiles implements AutoCloseable {
  private final Recording recording;
  private final String secret;
  private final ExecutorService threads = Executors.newCachedThreadPool(ReplayFiles::daemon);
  private @Nullable HttpServer server;

  ReplayFiles(Recording recording) {
    this.recording = recording;
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    this.secret = HexFormat.of().formatHex(bytes);
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "replay-file");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns where its URLs lead. */
  synchronized URI base() {
    var open = server;
    if (open == null) {
      open = open();
      server = open;
    }
    return URI.create("http://127.0.0.1:" + open.getAddress().getPort());
  }

  /** Returns the URL of the file with this digest. */
  String url(String sha256) {
    return base() + "/" + secret + "/" + sha256;
  }

  private HttpServer open() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var made = HttpServer.create(address, 1024);
      made.setExecutor(threads);
      made.createContext("/" + secret + "/", this::serve);
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException("no port can be opened for the recording's files", e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var sha256 = exchange.getRequestURI().getPath().substring(secret.length() + 2);
      if (exchange.getRequestMethod().equals("PUT")) {
        take(exchange, sha256);
      } else {
        give(exchange, sha256);
      }
    }
  }

  private void take(HttpExchange exchange, String sha256) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(exchange.getRequestBody(), digest)
          .transferTo(OutputStream.nullOutputStream());
      if (HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
        exchange.sendResponseHeaders(200, -1);
      } else {
        say(exchange, 400, "This is not the file that Create announced, whose sha256 is " + sha256);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private void give(HttpExchange exchange, String sha256) throws IOException {
    var content = recording.file(sha256);
    if (content.isEmpty()) {
      say(
          exchange,
          404,
          "The recording does not have the content of file " + sha256
              + ": it was large, held a secret, or was never downloaded");
      return;
    }
    try (var file = content.get()) {
      exchange.sendResponseHeaders(200, 0);
      file.transferTo(exchange.getResponseBody());
    }
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = (text + ".\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }
}
