package io.github.datasphere.emulator.docker.connection;

import com.fasterxml.jackson.core.JacksonException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says why an engine cannot be reached, and what its user can do. */
public final class ConnectFailure {
  private static final int FORBIDDEN = 403;

  private ConnectFailure() {}

  public static DockerEngineException of(
      DockerAddress address, Exception failure, Duration patience) {
    if (failure instanceof TimeoutException) {
      return DockerEngineException.unusable(
          "the container engine at " + address.text() + " does not answer within "
              + patience.toSeconds() + " s",
          "see whether it hangs (docker info) and restart it",
          failure);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DockerEngineException known && !known.advice().isEmpty()) {
        return known;
      }
      if (cause instanceof DockerException refused) {
        return refused(address, refused);
      }
      if (cause instanceof JacksonException) {
        return stranger(address);
      }
      if (cause instanceof SSLException) {
        return DockerEngineException.unusable(
            "no TLS with the container engine at " + address.text() + " (" + cause.getMessage()
                + ")",
            "check that ca.pem, cert.pem and key.pem in " + certificates(address)
                + " are the engine's, and that its certificate names this host",
            failure);
      }
      if (String.valueOf(cause.getMessage()).contains("Permission denied")) {
        return forbidden(address, failure);
      }
    }
    return DockerEngineException.unusable(
        "no container engine answers at " + address.text() + ": "
            + DockerEngineException.root(failure).getMessage(),
        "start Docker or Podman, or " + address.change("one that runs"),
        failure);
  }

  public static DockerEngineException stranger(DockerAddress address) {
    return DockerEngineException.misled(
        "what answers at " + address.text() + " is no container engine", address.change("one"));
  }

  public static DockerEngineException tooOld(DockerAddress address, Version version) {
    return DockerEngineException.misled(
        "the container engine " + version.getVersion() + " at " + address.text()
            + " is too old (API " + version.getApiVersion() + ")",
        "install Docker 20.10 (API 1.41) or a later one");
  }

  private static String certificates(DockerAddress address) {
    return address.isConfigured() ? address.origin() + ".certificates" : "DOCKER_CERT_PATH";
  }

  private static DockerEngineException refused(DockerAddress address, DockerException refused) {
    var words = DockerEngineException.words(String.valueOf(refused.getMessage()));
    if (words.contains("HTTP request to an HTTPS server")) {
      return DockerEngineException.unusable(
          "the container engine at " + address.text() + " wants TLS",
          "set " + (address.isConfigured() ? "" : "DOCKER_TLS_VERIFY=1, and ")
              + certificates(address) + " to the folder of ca.pem, cert.pem and key.pem",
          refused);
    }
    return DockerEngineException.unusable(
        "the container engine at " + address.text() + " refuses (" + words + ")",
        refused.getHttpStatus() == FORBIDDEN
            ? "ask its administrator for access, or " + address.change("another")
            : "see its log; " + address.change("another") + " if it is not the right one",
        refused);
  }

  private static DockerEngineException forbidden(DockerAddress address, Exception failure) {
    var host = address.host();
    var group = "unix".equals(host.getScheme()) ? group(Path.of(host.getPath())) : Optional.empty();
    return DockerEngineException.unusable(
        "you may not use the container engine at " + address.text(),
        group
            .map(name -> "join the group " + name + " (sudo usermod -aG " + name
                + " \"$USER\") and log in again, or run an engine of your own (rootless Docker,"
                + " Podman)")
            .orElse("run an engine of your own (rootless Docker, Podman)"),
        failure);
  }

  /** Returns the group that may use the socket; root's own group is not for users to join. */
  private static Optional<String> group(Path socket) {
    try {
      var group =
          Files.readAttributes(socket, PosixFileAttributes.class).group().getName();
      return group.equals("root") ? Optional.empty() : Optional.of(group);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
