package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request of a route: what its path, its query and its body say. */
final class Request {
  /** Contents of files within JSON are base64; larger ones have routes of their own. */
  private static final int MOST_OF_A_BODY = 64 << 20;

  private final HttpExchange exchange;
  private final Map<String, String> path;
  private final Map<String, String> query;

  Request(HttpExchange exchange, Map<String, String> path) {
    this.exchange = exchange;
    this.path = path;
    this.query = query(exchange.getRequestURI().getRawQuery());
  }

  HttpExchange exchange() {
    return exchange;
  }

  Map<String, String> path() {
    return path;
  }

  Map<String, String> query() {
    return query;
  }

  JobId job() {
    return new JobId(path.getOrDefault("job_id", ""));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  boolean flag(String name) {
    return text(name).filter(value -> !value.equals("false")).isPresent();
  }

  /** Returns a number of the query; refuses what is no number within these limits. */
  long number(String name, long otherwise, long least, long most) {
    var given = text(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(given.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below
    }
    throw Rejected.invalid(name, "must be a number from " + least + " to " + most)
        .asException();
  }

  /** Refuses a query that has other names than these. */
  void allowOnly(Set<String> names) {
    for (var name : query.keySet()) {
      if (!names.contains(name)) {
        throw Rejected.invalid(name, "is no parameter of this route; it has " + names)
            .asException();
      }
    }
  }

  String body() throws IOException {
    var bytes = exchange.getRequestBody().readNBytes(MOST_OF_A_BODY + 1);
    if (bytes.length > MOST_OF_A_BODY) {
      throw Rejected.malformed("The body has more than " + (MOST_OF_A_BODY >> 20)
              + " MiB: upload large files with PUT, or use the gRPC port")
          .asException();
    }
    return new String(bytes, UTF_8);
  }

  private static Map<String, String> query(@Nullable String raw) {
    var values = new LinkedHashMap<String, String>();
    for (var pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      var name = equals < 0 ? pair : pair.substring(0, equals);
      values.put(decoded(name), equals < 0 ? "true" : decoded(pair.substring(equals + 1)));
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
