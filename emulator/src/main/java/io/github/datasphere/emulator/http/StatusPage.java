package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.tokens.Refused;
import io.github.datasphere.emulator.tokens.TokenService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows a human what this server is and which jobs it has. */
final class StatusPage {
  private static final String PAGE = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>DataSphere Jobs Emulator</title>
      <style>
      body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em }
      table { border-collapse: collapse; width: 100%% }
      th, td { border-bottom: 1px solid #8888; padding: .3em .8em .3em 0; text-align: left }
      td { overflow-wrap: anywhere }
      code { font-size: .9em }
      </style>
      </head>
      <body>
      <h1>DataSphere Jobs Emulator</h1>
      <p>A local emulator of the DataSphere Jobs service. This port serves file URLs; the API itself
      is gRPC, at a port of its own. <code>datasphere-emulator env</code> prints what clients need.</p>
      %s
      </body>
      </html>
      """;
  private static final String TABLE = """
      <table>
      <tr><th>Job</th><th>Name</th><th>Project</th><th>Status</th><th>Created</th><th>Finished</th></tr>
      %s
      </table>""";

  private static final Pattern BASIC = Pattern.compile("(?i:basic) +(\\S+) *");

  private final Supplier<List<Job>> jobs;
  private final Supplier<TokenService> tokens;

  StatusPage(Supplier<List<Job>> jobs, Supplier<TokenService> tokens) {
    this.jobs = jobs;
    this.tokens = tokens;
  }

  void handle(HttpExchange exchange) throws IOException {
    var headers = exchange.getResponseHeaders();
    if (tokens.get().authorizeAll(bearer(exchange)) instanceof Refused refused) {
      // Browsers ask their user for a password, which is the token
      headers.set("WWW-Authenticate", "Basic realm=\"a token as the password\", charset=\"UTF-8\"");
      Replies.say(exchange, 401, refused.message());
      return;
    }
    headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    headers.set("Cache-Control", "no-store");
    Replies.send(exchange, 200, Replies.HTML, PAGE.formatted(content(jobs.get())));
  }

  private static @Nullable String bearer(HttpExchange exchange) {
    var given = exchange.getRequestHeaders().getFirst("Authorization");
    var basic = BASIC.matcher(given == null ? "" : given);
    return basic.matches() ? "Bearer " + password(basic.group(1)) : given;
  }

  /** Returns the password of {@code name:password}; the name does not matter. */
  private static String password(String base64) {
    try {
      var text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      return text.substring(text.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String content(List<Job> jobs) {
    return jobs.isEmpty()
        ? "<p>There are no jobs yet.</p>"
        : TABLE.formatted(jobs.stream().map(StatusPage::row).collect(Collectors.joining("\n")));
  }

  private static String row(Job job) {
    var cells = List.of(
        job.id().value(),
        job.submission().name(),
        job.projectId().value(),
        job.status().name(),
        time(job.submission().createdAt()),
        time(job.finishedAt()));
    return cells.stream()
        .map(cell -> "<td>" + escape(cell) + "</td>")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? "" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
