package io.github.datasphere.emulator.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.github.datasphere.emulator.docker.connection.ConnectFailure;
import io.github.datasphere.emulator.docker.connection.Deadline;
import io.github.datasphere.emulator.docker.connection.DockerAddress;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.connection.DockerHost;
import io.github.datasphere.emulator.docker.connection.DockerHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a container engine, safe for many threads. It reconnects after a restart of the
 * engine.
 */
public final class DockerEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);

  /** The API of Docker 20.10. */
  private static final RemoteApiVersion OLDEST = RemoteApiVersion.create(1, 41);

  /** The oldest API that Docker 29 accepts; this program is written for it. */
  private static final RemoteApiVersion NEWEST = RemoteApiVersion.VERSION_1_44;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final Duration UNLIMITED = Duration.ZERO;

  private final DockerAddress address;
  private final DockerClient client;
  private final DockerHttp http;
  private final DockerFacts facts;
  private final Logins logins;

  private DockerEngine(
      DockerAddress address,
      DockerClient client,
      DockerHttp http,
      DockerFacts facts,
      Logins logins) {
    this.address = address;
    this.client = client;
    this.http = http;
    this.facts = facts;
    this.logins = logins;
  }

  /**
   * Connects to the engine that the environment names.
   *
   * @param environment variables, as the {@code docker} command reads them
   * @param patience how long it may take to answer
   * @throws DockerEngineException if no engine answers, or if it is too old
   */
  public static DockerEngine connect(Map<String, String> environment, Duration patience)
      throws DockerEngineException {
    return connect(new DockerHost(environment).find(), environment, patience);
  }

  /**
   * Connects to the engine at an address.
   *
   * @param environment variables that lead to stored logins
   */
  public static DockerEngine connect(
      DockerAddress address, Map<String, String> environment, Duration patience)
      throws DockerEngineException {
    try {
      return Deadline.within(patience, () -> connected(environment, address, patience));
    } catch (TimeoutException | ExecutionException e) {
      if (e.getCause() instanceof LinkageError missing) {
        throw missing;
      }
      throw ConnectFailure.of(address, e, patience);
    }
  }

  private static DockerEngine connected(
      Map<String, String> environment, DockerAddress address, Duration patience)
      throws IOException {
    var version = negotiated(address, patience);
    var config = address.config(version);
    var transport = transport(address, null);
    var client = DockerClientImpl.getInstance(config, transport);
    try {
      var facts =
          facts(address, config, client.versionCmd().exec(), client.infoCmd().exec());
      var http = new DockerHttp(transport, version.getVersion());
      return new DockerEngine(address, client, http, facts, new Logins(environment));
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  public DockerFacts facts() {
    return facts;
  }

  /**
   * Returns the client for calls that have a command of their own; {@link #ask} turns their
   * failures.
   */
  public DockerClient client() {
    return client;
  }

  DockerHttp http() {
    return http;
  }

  Logins logins() {
    return logins;
  }

  /**
   * Says what keeps the logins that {@code docker login} has stored from being found, one sentence
   * each, as far as can be seen without a pull.
   */
  public List<String> loginTroubles() {
    return logins.troubles();
  }

  /**
   * Whether the engine answers now, on a connection of its own: those in use may hang.
   *
   * @param patience how long it may take
   */
  public boolean answers(Duration patience) {
    try {
      return Deadline.within(patience, () -> {
        try (var transport = transport(address, patience);
            var answer = transport.execute(
                DockerHttpClient.Request.builder().method("GET").path("/_ping").build())) {
          return answer.getStatusCode() == OK;
        }
      });
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("The container engine at {} does not answer", address.place(), e);
      return false;
    }
  }

  /** Calls the engine; a failure has the engine's own words. */
  public <T> T ask(Supplier<T> call) throws DockerEngineException {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw DockerEngineException.of(e);
    }
  }

  /** Makes a call without an answer; returns true unless the thing is gone already. */
  public boolean tell(Supplier<?> call) throws DockerEngineException {
    try {
      ask(call);
      return true;
    } catch (DockerEngineException e) {
      if (e.isNotFound() || e.isConflict()) {
        return false;
      }
      throw e;
    }
  }

  /** Returns access to the files of containers. */
  public ContainerFiles files() {
    return new ContainerFiles(http);
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      LOG.debug("The connection to the container engine did not close well", e);
    }
  }

  /** Finds the API version; every engine answers a request without a version. */
  private static RemoteApiVersion negotiated(DockerAddress address, Duration patience)
      throws IOException {
    var config = address.config(RemoteApiVersion.unknown());
    Version answer;
    try (var transport = transport(address, patience);
        var client = DockerClientImpl.getInstance(config, transport)) {
      answer = client.versionCmd().exec();
    }
    if (answer.getApiVersion() == null) {
      throw ConnectFailure.stranger(address);
    }
    var newest = RemoteApiVersion.parseConfig(answer.getApiVersion());
    if (!newest.isGreaterOrEqual(OLDEST)) {
      throw ConnectFailure.tooOld(address, answer);
    }
    return newest.isGreater(NEWEST) ? NEWEST : newest;
  }

  private static DockerHttpClient transport(DockerAddress address, @Nullable Duration patience) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(address.host())
        .sslConfig(address.tls())
        .connectionTimeout(patience == null ? CONNECT_TIMEOUT : patience)
        // Otherwise TLS uses the timeout for connecting also for the silence of a stream
        .responseTimeout(patience == null ? UNLIMITED : patience)
        .build();
  }

  private static DockerFacts facts(
      DockerAddress address, DockerClientConfig config, Version version, Info info) {
    var drivers = info.getPlugins() == null ? null : info.getPlugins().get("Log");
    var runtimes =
        info.getRuntimes() == null ? Set.<String>of() : info.getRuntimes().keySet();
    return new DockerFacts(
        address.place(),
        address.origin(),
        String.valueOf(version.getVersion()),
        config.getApiVersion().getVersion(),
        String.valueOf(version.getArch()),
        info.getNCPU() == null ? 0 : info.getNCPU(),
        info.getMemTotal() == null ? 0 : info.getMemTotal(),
        Set.copyOf(drivers == null ? List.of() : drivers),
        !"tcp".equals(address.host().getScheme()),
        runtimes.contains("nvidia"),
        String.valueOf(info.getDockerRootDir()),
        new DockerFacts.Limits(
            isTrue(info.getCpuCfsQuota()),
            isTrue(info.getMemoryLimit()),
            isTrue(info.getSwapLimit())));
  }

  /** Reads a flag; a feature that an engine does not mention counts as there. */
  private static boolean isTrue(@Nullable Boolean told) {
    return told == null || told;
  }
}
