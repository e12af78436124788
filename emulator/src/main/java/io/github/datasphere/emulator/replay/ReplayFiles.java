package io.github.datasphere.emulator.replay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.match.ArchiveMembers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Serves the recording's files, and takes uploads of the same content. Opens its port at need. */
final class ReplayFiles implements AutoCloseable {
  private final Recording recording;
  private final UnaryOperator<String> ofNow;
  private final Consumer<String> misses;
  private final Consumer<String> notes;
  private final String secret;
  private final ExecutorService threads = Executors.newCachedThreadPool(ReplayFiles::daemon);
  private @Nullable HttpServer server;

  /**
   * Makes one.
   *
   * @param ofNow the digest that this client announced in place of a recorded one: another one for
   *     an archive
   * @param misses takes a sentence for each file that is not the recorded one
   * @param notes takes a sentence for each archive that cannot be compared
   */
  ReplayFiles(
      Recording recording,
      UnaryOperator<String> ofNow,
      Consumer<String> misses,
      Consumer<String> notes) {
    this.recording = recording;
    this.ofNow = ofNow;
    this.misses = misses;
    this.notes = notes;
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

  private void take(HttpExchange exchange, String recorded) throws IOException {
    var announced = ofNow.apply(recorded);
    var digest = Sha256.begin();
    var content = new DigestInputStream(exchange.getRequestBody(), digest);
    var problem =
        announced.equals(recorded) ? Optional.<String>empty() : archiveProblem(recorded, content);
    content.transferTo(OutputStream.nullOutputStream());
    if (!HexFormat.of().formatHex(digest.digest()).equals(announced)) {
      say(
          exchange,
          400,
          "This is not the file that Create announced, whose sha256 is " + announced);
    } else if (problem.isPresent()) {
      misses.accept("the archive " + announced + " is not the recorded one: " + problem.get());
      say(exchange, 400, "This archive is not the recorded one: " + problem.get());
    } else {
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Says what the archive that is sent has and the recorded one has not, or the other way. */
  private Optional<String> archiveProblem(String recorded, InputStream sent) throws IOException {
    var known = recording.file(recorded);
    if (known.isEmpty()) {
      notes.accept("the archive " + ofNow.apply(recorded) + " was not compared: the recording does"
          + " not have the content of " + recorded);
      return Optional.empty();
    }
    try (var archive = known.get()) {
      var then = ArchiveMembers.of(archive);
      return ArchiveMembers.of(sent).differenceFrom(then);
    } catch (ZipException e) {
      return Optional.of("it cannot be read: " + e.getMessage());
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
