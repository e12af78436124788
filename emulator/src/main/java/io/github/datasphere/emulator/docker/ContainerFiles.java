package io.github.datasphere.emulator.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.connection.DockerHttp;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Copies files into and out of containers, running or ended, as tar archives through the engine.
 * This works for engines on this machine and on others.
 */
public final class ContainerFiles {
  private static final String STAT = "X-Docker-Container-Path-Stat";

  private final DockerHttp http;

  ContainerFiles(DockerHttp http) {
    this.http = http;
  }

  /** Unpacks an archive at a directory that exists. */
  public void put(String container, String directory, InputStream tar) throws IOException {
    try (var answer = http.put(path(container), Map.of("path", directory), tar);
        var body = answer.getBody()) {
      if (body != null) {
        body.transferTo(java.io.OutputStream.nullOutputStream());
      }
    }
  }

  /**
   * Opens the archive of a file or directory. Links are not followed, and holes are sent as zeros.
   * Closing it early ends the transfer.
   *
   * @throws DockerEngineException with {@code isNotFound} if there is no such path
   */
  public InputStream get(String container, String path) throws DockerEngineException {
    return new Body(http.call("GET", path(container), Map.of("path", path)));
  }

  /** Returns what is at the path; empty if there is nothing. */
  public Optional<PathStat> stat(String container, String path) throws IOException {
    try (var answer = http.call("HEAD", path(container), Map.of("path", path))) {
      var header = answer.getHeader(STAT);
      return header == null ? Optional.empty() : Optional.of(PathStat.parse(header));
    } catch (DockerEngineException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String path(String container) {
    return "/containers/" + container + "/archive";
  }

  /** A body that closes its answer when it is closed. */
  private static final class Body extends FilterInputStream {
    private final Response answer;

    Body(Response answer) {
      super(answer.getBody());
      this.answer = answer;
    }

    @Override
    public void close() {
      answer.close();
    }
  }
}
