package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.datasphere.emulator.Emulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A program that uses the face of an emulator. */
final class FaceClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String token;

  FaceClient(Emulator emulator) {
    this(emulator.consoleLink(), emulator.httpToken());
  }

  FaceClient(URI link, String token) {
    this.base = link.resolve("/");
    this.token = token;
  }

  URI base() {
    return base;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path));
  }

  /** Sends a request with the token. */
  HttpResponse<String> send(String method, String path, String body) {
    return exchange(request("/api/v1" + path)
        .header("Authorization", "Bearer " + token)
        .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns the answer to a request that succeeds. */
  JsonObject get(String path) {
    return good("GET", path, "");
  }

  /** Returns the answer to a request that succeeds. */
  JsonObject post(String path, String body) {
    return good("POST", path, body);
  }

  private JsonObject good(String method, String path, String body) {
    var answer = send(method, path, body);
    if (answer.statusCode() != 200) {
      throw new AssertionError(
          method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  /** Returns what a failed answer tells. */
  static JsonObject error(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("error");
  }

  static String text(JsonElement object, String... names) {
    var at = object;
    for (var name : names) {
      at = at.getAsJsonObject().get(name);
    }
    return at.getAsString();
  }
}
