package io.github.datasphere.emulator.docker.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of the engine's API for which docker-java has no command, or none that streams in both
 * directions.
 */
public final class DockerHttp {
  private static final Logger LOG = LoggerFactory.getLogger(DockerHttp.class);
  private static final ThreadGroup HIJACKED = new ThreadGroup("datasphere-docker-input") {
    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
      LOG.debug("A container that has ended, or an engine that has gone, takes no more", failure);
    }
  };

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

  /**
   * Turns the connection into a stream in both directions. The transport writes the input in a
   * thread that it makes itself and that dies of an exception where the other side ends first, as
   * each container does. A thread is made in the group of its maker, which then hears of it: so
   * this one is made from a group of ours, and no trace is printed.
   */
  public Response hijack(String path, Map<String, String> query, InputStream input)
      throws DockerEngineException {
    var request = Request.builder()
        .method("POST")
        .path(prefix + path + query(query))
        .hijackedInput(input)
        .build();
    var answer = new CompletableFuture<Response>();
    var attaching = new Thread(
        HIJACKED,
        () -> {
          try {
            answer.complete(send(request));
          } catch (DockerEngineException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        },
        "datasphere-docker-attach");
    attaching.setDaemon(true);
    attaching.start();
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DockerEngineException refused) {
        throw refused;
      }
      throw e;
    }
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
