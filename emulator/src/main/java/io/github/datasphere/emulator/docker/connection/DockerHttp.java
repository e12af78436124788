package io.github.datasphere.emulator.docker.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the engine's API for which docker-java has no command, or none that streams in both
 * directions.
 */
public final class DockerHttp {
  private static final int LONGEST_ERROR = 64 * 1024;
  private static final int FIRST_ERROR = 400;

  private final DockerHttpClient transport;
  private final String prefix;

  public DockerHttp(DockerHttpClient transport, String apiVersion) {
    this.transport = transport;
    this.prefix = "/v" + apiVersion;
  }

  /** Sends a request without a body; the caller closes the answer. */
  public Response call(String method, String path, Map<String, String> query)
      throws DockerEngineException {
    return send(
        Request.builder().method(method).path(prefix + path + query(query)).build());
  }

  /** Sends a request with a streamed body; the caller closes the answer. */
  public Response put(String path, Map<String, String> query, InputStream body)
      throws DockerEngineException {
    return send(Request.builder()
        .method("PUT")
        .path(prefix + path + query(query))
        .putHeader("Content-Type", "application/x-tar")
        .body(body)
        .build());
  }

  /** Turns the connection into a stream in both directions. */
  public Response hijack(String path, Map<String, String> query, InputStream input)
      throws DockerEngineException {
    return send(Request.builder()
        .method("POST")
        .path(prefix + path + query(query))
        .hijackedInput(input)
        .build());
  }

  private Response send(Request request) throws DockerEngineException {
    Response response;
    try {
      response = transport.execute(request);
    } catch (RuntimeException e) {
      throw DockerEngineException.of(e);
    }
    if (response.getStatusCode() >= FIRST_ERROR) {
      try (response) {
        throw new DockerEngineException(
            DockerEngineException.words(text(response.getBody())), response.getStatusCode(), null);
      }
    }
    return response;
  }

  private static String text(@Nullable InputStream body) {
    try {
      return body == null ? "" : new String(body.readNBytes(LONGEST_ERROR), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static String query(Map<String, String> query) {
    return query.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
  }
}
