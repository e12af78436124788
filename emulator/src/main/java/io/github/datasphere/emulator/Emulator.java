package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.grpc.GrpcServices;
import io.github.datasphere.emulator.grpc.OpenStreams;
import io.github.datasphere.emulator.http.HttpFrontend;
import io.github.datasphere.emulator.http.HttpParts;
import io.github.datasphere.emulator.http.HttpSettings;
import io.github.datasphere.emulator.http.TransferInterceptor;
import io.github.datasphere.emulator.tokens.TokenService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A running emulator: the service with all that its clients need, in this process. Closing it ends
 * everything that it started, but for jobs that a data directory keeps for the next start.
 */
public final class Emulator implements AutoCloseable {
  private static final int STATUS_PAGE_JOBS = 50;
  private static final int LOG_SENDERS = 8;

  private final EmulatorConfig config;
  private final Workspace workspace;
  private final HttpFrontend http;
  private final World world;
  private final ExecutorService logSenders =
      Executors.newFixedThreadPool(LOG_SENDERS, Daemons::log);
  private final String name = UUID.randomUUID().toString();
  private final List<ServerServiceDefinition> services;
  private final Server inProcess;
  private @Nullable Ports ports;

  private Emulator(EmulatorConfig config, Workspace workspace) throws IOException {
    this.config = config;
    this.workspace = workspace;
    var signer = new UrlSigner(workspace.key("urls"));
    var clock = Clock.systemUTC();
    var tokens = new TokenService(Settings.tokens(config), workspace.key("tokens"), clock);
    var parts = new HttpParts(
        this::engine,
        () -> engine().latest(STATUS_PAGE_JOBS),
        signer,
        tokens,
        clock,
        TransferInterceptor.NONE);
    this.http = new HttpFrontend(httpSettings(), parts);
    this.world = World.open(config, workspace, signer, http::baseUri);
    this.services = new GrpcServices(
            this::engine,
            () -> tokens,
            () -> addresses().tls(),
            new OpenStreams(),
            logSenders,
            List.of())
        .definitions();
    this.inProcess = startInProcess();
  }

  /**
   * Starts a server on the ports of the configuration.
   *
   * @throws EmulatorException if it can't; the message says why and what to do
   */
  public static Emulator start(EmulatorConfig config) {
    var emulator = inProcess(config);
    try {
      emulator.openPorts();
      return emulator;
    } catch (IOException | RuntimeException e) {
      emulator.close();
      throw e instanceof EmulatorException known ? known : failure(e);
    }
  }

  /**
   * Starts one for this process alone: reached through {@link #channel}, with a port for file URLs
   * that is opened when the first one is needed.
   *
   * @throws EmulatorException if it can't; the message says why and what to do
   */
  public static Emulator inProcess(EmulatorConfig config) {
    try {
      var workspace = Workspace.open(config.storage().dataDir());
      try {
        return new Emulator(config, workspace);
      } catch (IOException | RuntimeException e) {
        workspace.close();
        throw e;
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** A new in-process channel to the services; the caller shuts it down. */
  public ManagedChannel channel() {
    return InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  /**
   * Where clients find the ports.
   *
   * @throws IllegalStateException if this emulator has none
   */
  public Addresses addresses() {
    if (ports == null) {
      throw new IllegalStateException("this emulator has no ports: start it with Emulator.start");
    }
    return ports.addresses();
  }

  @Override
  public void close() {
    if (ports != null) {
      ports.close();
    }
    inProcess.shutdownNow();
    http.close();
    world.close();
    logSenders.shutdownNow();
    workspace.close();
  }

  private JobEngine engine() {
    return world.engine();
  }

  private void openPorts() throws IOException {
    http.start();
    ports = Ports.open(config.network(), workspace, services, http::baseUri);
  }

  private Server startInProcess() throws IOException {
    var builder = InProcessServerBuilder.forName(name).directExecutor().addServices(services);
    GrpcServers.aside().forEach(builder::addService);
    return builder.build().start();
  }

  private HttpSettings httpSettings() {
    var network = config.network();
    return new HttpSettings(network.bind(), network.httpPort(), Ports.host(network), Set.of());
  }

  private static EmulatorException failure(Exception cause) {
    return new EmulatorException("The emulator can't start: " + cause.getMessage(), cause);
  }
}
