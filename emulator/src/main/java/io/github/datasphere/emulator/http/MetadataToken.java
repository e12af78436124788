package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.tokens.Access.IssuedToken;
import io.github.datasphere.emulator.tokens.Access.Refused;
import io.github.datasphere.emulator.tokens.TokenService;
import java.io.IOException;
import java.util.function.Supplier;

/** Stands in for the metadata service of a cloud machine (service-behaviour 1.8). */
final class MetadataToken {
  static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/token";
  private static final String FLAVOR = "Metadata-Flavor";

  private final Supplier<TokenService> tokens;

  MetadataToken(Supplier<TokenService> tokens) {
    this.tokens = tokens;
  }

  void handle(HttpExchange exchange) throws IOException {
    // No web page can send this header unasked, so pages get no token
    if (!"Google".equals(exchange.getRequestHeaders().getFirst(FLAVOR))) {
      HttpReplies.say(
          exchange, 403, "Send the header `Metadata-Flavor: Google` with this request.");
      return;
    }
    var answer = tokens.get().ofMachine();
    if (answer instanceof Refused refused) {
      HttpReplies.say(exchange, 403, refused.message());
      return;
    }
    var token = ((IssuedToken) answer).value();
    exchange.getResponseHeaders().set(FLAVOR, "Google");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    HttpReplies.send(
        exchange,
        200,
        HttpReplies.JSON,
        "{\"access_token\":\"%s\",\"expires_in\":%d,\"token_type\":\"Bearer\"}"
            .formatted(token, TokenService.LIFE.toSeconds()));
  }
}
