package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives the certificate of the emulator's authority to clients that do not share its disk, as those
 * in another container. It is public: the key stays in the data directory.
 */
final class AuthorityRoute {
  static final String PATH = "/ca.pem";
  private static final String PEM = "application/x-pem-file";

  private final Supplier<Optional<Path>> authority;

  AuthorityRoute(Supplier<Optional<Path>> authority) {
    this.authority = authority;
  }

  void handle(HttpExchange exchange) throws IOException {
    var file = authority.get();
    if (file.isPresent()) {
      HttpReplies.send(exchange, 200, PEM, Files.readString(file.get()));
    } else {
      HttpReplies.say(
          exchange,
          404,
          "There is no certificate: this emulator has no TLS port, or has not opened it yet.");
    }
  }
}
