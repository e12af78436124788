package io.github.datasphere.emulator;

import io.github.datasphere.emulator.base.Opened;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.replay.Replay;
import io.github.datasphere.emulator.server.InProcess;
import io.github.datasphere.emulator.server.Ports;
import io.github.datasphere.emulator.server.ServedCalls;
import io.github.datasphere.emulator.wiring.MachineTime;
import io.github.datasphere.emulator.wiring.StartFailure;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The service as it was recorded: it answers from a recording, at the times of the recording. */
public final class ReplayedService implements AutoCloseable {
  private final Replay replay;
  private final Workspace workspace;
  private final InProcess inProcess;
  private final @Nullable Ports ports;

  private ReplayedService(
      Replay replay, Workspace workspace, InProcess inProcess, @Nullable Ports ports) {
    this.replay = replay;
    this.workspace = workspace;
    this.inProcess = inProcess;
    this.ports = ports;
  }

  /**
   * Starts it.
   *
   * @param recording the folder of the recording
   * @param speed how many times as fast as it was recorded; 0 for as fast as possible, on virtual
   *     time
   * @param config of which the network counts
   * @param withPorts whether it also listens on the configuration's ports
   * @throws io.github.datasphere.emulator.session.SessionException if the recording cannot be used
   * @throws EmulatorException if a port cannot be opened
   */
  public static ReplayedService start(
      Path recording, double speed, EmulatorConfig config, boolean withPorts) {
    try (var opened = new Opened()) {
      var replay = opened.add(new Replay(recording, speed, MachineTime::nanos), Replay::close);
      var workspace = opened.add(Workspace.open(Optional.empty()), Workspace::close);
      var services = replay.services();
      var inProcess = opened.add(new InProcess(byName(services)), InProcess::close);
      var ports = withPorts
          ? Ports.open(config.network(), workspace, new ServedCalls(services, false), replay::http)
          : null;
      if (ports != null) {
        ports.tlsSide().ifPresent(side -> replay.isAt(side.tls()));
      }
      opened.keep();
      return new ReplayedService(replay, workspace, inProcess, ports);
    } catch (IOException | UncheckedIOException | LinkageError e) {
      throw new EmulatorException(StartFailure.of(e, Optional.empty()));
    }
  }

  private static Map<String, Supplier<ServerServiceDefinition>> byName(
      List<ServerServiceDefinition> services) {
    var all = new HashMap<String, Supplier<ServerServiceDefinition>>();
    services.forEach(service -> all.put(service.getServiceDescriptor().getName(), () -> service));
    return all;
  }

  /** A new in-process channel to it; the caller shuts it down. */
  public ManagedChannel channel(ClientInterceptor... interceptors) {
    return inProcess.channel(interceptors);
  }

  /**
   * Where clients find the ports.
   *
   * @throws IllegalStateException if it has none
   */
  public Addresses addresses() {
    return Addresses.of(ports);
  }

  /** Returns a sentence for each call and each file that is not the recorded one. */
  public List<String> misses() {
    return replay.misses();
  }

  /** Returns a sentence for each call of the recording that the client did not make. */
  public List<String> unused() {
    return replay.unused();
  }

  /** Returns a sentence for each thing that could not be compared. */
  public List<String> notes() {
    return replay.notes();
  }

  @Override
  public void close() {
    if (ports != null) {
      ports.close();
    }
    inProcess.close();
    replay.close();
    workspace.close();
  }
}
