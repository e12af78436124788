package io.github.datasphere.emulator.control;

import com.google.protobuf.util.Timestamps;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.face.Face;
import io.github.datasphere.emulator.face.FaceAccess;
import io.github.datasphere.emulator.face.FaceParts;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.grpc.GrpcServices;
import io.github.datasphere.emulator.grpc.OpenStreams;
import io.github.datasphere.emulator.server.InProcess;
import io.github.datasphere.emulator.server.Ports;
import io.github.datasphere.emulator.testing.Control;
import io.github.datasphere.emulator.testing.ManualClock;
import io.github.datasphere.emulator.testing.RecordingSwitch;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.github.datasphere.emulator.tokens.TokenService;
import io.github.datasphere.emulator.wiring.EmulatorContext;
import io.github.datasphere.emulator.world.Worlds;
import io.github.datasphere.proto.emulator.ServerFacts;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP and JSON face of an emulator. Most of it is made at the first request: an emulator whose
 * face is not used pays nothing for it.
 */
public final class FaceSide implements AutoCloseable {
  private final EmulatorConfig config;
  private final Workspace workspace;
  private final RecordingSwitch watch;
  private final Worlds worlds;
  private final Control control;
  private final Supplier<@Nullable Ports> ports;
  private @Nullable FaceAccess access;
  private @Nullable Made made;

  /** Makes the side of one emulator, before anybody has asked. */
  public FaceSide(
      EmulatorContext context, Worlds worlds, Control control, Supplier<@Nullable Ports> ports) {
    this.config = context.config();
    this.workspace = context.workspace();
    this.watch = context.watch();
    this.worlds = worlds;
    this.control = control;
    this.ports = ports;
  }

  /** Returns who may come in. */
  public synchronized FaceAccess access() {
    var known = access;
    if (known == null) {
      try {
        known = new FaceAccess(workspace.key("face"), () -> worlds.current().tokens());
      } catch (IOException e) {
        throw new UncheckedIOException(
            "The key of the HTTP face cannot be kept: " + e.getMessage(), e);
      }
      access = known;
    }
    return known;
  }

  /** Returns the face. The first call makes it. */
  public synchronized Face face() {
    var known = made;
    if (known == null) {
      try {
        known = new Made(access());
      } catch (IOException e) {
        throw new UncheckedIOException("The HTTP face cannot be made: " + e.getMessage(), e);
      }
      made = known;
    }
    return known.face();
  }

  @Override
  public synchronized void close() {
    if (made != null) {
      made.close();
    }
  }

  /** What is made at the first request. */
  private final class Made implements AutoCloseable {
    private static final String ANY_TOKEN = "Bearer console";
    private final String run = UUID.randomUUID().toString();
    private final InProcess services;
    private final ManagedChannel channel;
    private final Face face;

    /** Its calls pass beside journal and faults, which are for the clients under test. */
    Made(FaceAccess access) throws IOException {
      var open = new TokenService(
          TokenRules.OPEN, UrlSigner.newKey(), worlds.current().scheduler().clock());
      this.services = new InProcess(new GrpcServices(
              this::engine,
              () -> open,
              Optional::empty,
              new OpenStreams(),
              Runnable::run,
              List.of())
          .byName(control));
      this.channel = services.channel(token());
      this.face =
          new Face(new FaceParts(this::engine, control, channel, this::facts, access, watch));
    }

    Face face() {
      return face;
    }

    private JobEngine engine() {
      return worlds.current().engine();
    }

    private static ClientInterceptor token() {
      var headers = new Metadata();
      headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), ANY_TOKEN);
      return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private ServerFacts facts() {
      var world = worlds.current();
      var version = FaceSide.class.getPackage().getImplementationVersion();
      var facts = ServerFacts.newBuilder()
          .setVersion(version == null ? "" : version)
          .setRunner(config.jobs().runner().name().toLowerCase(Locale.ROOT))
          .setManualClock(world.scheduler() instanceof ManualClock)
          .setNow(Timestamps.fromMillis(world.scheduler().clock().millis()))
          .setWorld(Integer.toString(worlds.number()))
          .setRun(run);
      var open = ports.get();
      if (open != null) {
        facts.setGrpc(open.grpc()).setHttp(open.http().toString());
        open.tlsSide()
            .ifPresent(side -> facts.setTls(side.tls()).setProxy(side.proxy().toString()));
      }
      return facts.build();
    }

    @Override
    public void close() {
      face.close();
      channel.shutdownNow();
      services.close();
    }
  }
}
