package io.github.datasphere.emulator.record;

import io.github.datasphere.emulator.gateway.proxy.ConnectProxy;
import io.github.datasphere.emulator.gateway.proxy.ProxySettings;
import io.github.datasphere.emulator.gateway.tls.CertificateAuthority;
import io.github.datasphere.emulator.gateway.tls.TlsPort;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.Exited;
import io.github.datasphere.emulator.session.Event.Ran;
import io.github.datasphere.emulator.session.Event.Warned;
import io.github.datasphere.emulator.session.Event.WentAway;
import io.github.datasphere.emulator.session.Header;
import io.github.datasphere.emulator.session.SessionException;
import io.github.datasphere.emulator.session.redact.RecordingFolder;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Stands between a client and the service, on ports of loopback, and writes down what passes. The
 * client's TLS ends here, with a certificate of our own; the service's certificate is verified.
 */
public final class Recorder implements AutoCloseable {
  private static final int MOST_BYTES = 256 << 20;
  private static final int MOST_METADATA = 64 << 10;
  private static final int GRACE_MILLIS = 500;

  private final RecordSettings settings;
  private final Api api = new Api();
  private final Instant begin;
  private final Spool spool;
  private final Upstream upstream;
  private final FileRelay files;
  private final CallMessages messages;
  private final CallRelay calls;
  private final CertificateAuthority authority;
  private final Server plain;
  private final Server tls;
  private final ConnectProxy proxy;

  /**
   * Opens all ports.
   *
   * @param clock the system's
   * @param nanos measures distances, as {@code System::nanoTime} does
   * @throws SessionException if there is something else where the recording shall be
   * @throws IOException if a port cannot be opened or a certificate not be read
   */
  public Recorder(RecordSettings settings, Clock clock, LongSupplier nanos) throws IOException {
    RecordingFolder.checkIsFree(settings.output());
    settings.upstreamRoots().ifPresent(Recorder::checkIsThere);
    this.settings = settings;
    this.begin = clock.instant();
    this.spool = new Spool(Files.createDirectories(settings.work().resolve("spool")), api, nanos);
    this.upstream = new Upstream(settings.upstream(), settings.upstreamRoots(), this::wentAway);
    this.files = new FileRelay(spool, upstream.fileTrust());
    this.messages = new CallMessages(api, files.urls(), this::tls);
    this.calls = new CallRelay(spool, upstream, messages);
    this.authority = CertificateAuthority.open(settings.work().resolve("ca"), clock);
    this.plain = server(InsecureServerCredentials.create());
    this.tls = server(TlsPort.credentials(authority, List.of()));
    var ports = ProxySettings.of(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), tls.getPort()));
    this.proxy = ConnectProxy.start(settings.offline() ? ports.offlineWith(authority) : ports);
  }

  private void wentAway(WentAway event) {
    spool.add(event);
    calls.open().wentAway(event);
  }

  private static void checkIsThere(Path roots) {
    if (!Files.isReadable(roots)) {
      throw new SessionException(
          "The certificates in " + roots + " cannot be read." + " Correct --upstream-ca.");
    }
  }

  private Server server(ServerCredentials credentials) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return NettyServerBuilder.forAddress(address, credentials)
        .maxInboundMessageSize(MOST_BYTES)
        .maxInboundMetadataSize(MOST_METADATA)
        .permitKeepAliveTime(1, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .fallbackHandlerRegistry(calls)
        .build()
        .start();
  }

  /** Returns host and port for gRPC without TLS. */
  public String grpc() {
    return "127.0.0.1:" + plain.getPort();
  }

  /** Returns host and port for gRPC over TLS. */
  public String tls() {
    return "127.0.0.1:" + tls.getPort();
  }

  /** Returns the CONNECT port. */
  public URI proxy() {
    return URI.create("http://127.0.0.1:" + proxy.address().getPort());
  }

  /** Returns where file URLs lead. */
  public URI http() {
    return files.base();
  }

  /** Returns the certificate that the client has to trust. */
  public Path certificate() {
    return authority.certificateFile();
  }

  /**
   * Returns that certificate together with the machine's own, for programs that read one file.
   *
   * @param own the file or folder that such programs are told to use; empty for the system's
   */
  public Path certificates(Optional<Path> own) throws IOException {
    return authority.bundleFile(own);
  }

  /** Notes that the client's program begins. */
  public void ran(List<String> command) {
    spool.add(new Ran(List.copyOf(command)));
  }

  /** Notes that the client's program has ended. */
  public void exited(int code) {
    spool.add(new Exited(code));
  }

  /**
   * Ends the session and writes its recording.
   *
   * @return a sentence for each thing that the recording lacks, or that its reader should know
   * @throws SessionException if nothing was recorded, or something secret was found in what was
   *     written; then there is no recording
   */
  public List<String> finish() throws IOException {
    stopPorts();
    if (calls.calls() == 0) {
      throw new SessionException("Nothing was recorded: no call came through the recorder."
          + " Does the client obey grpc_proxy? docs/sdks.md tells what each client needs.");
    }
    var warnings = warnings();
    warnings.forEach(text -> spool.add(new Warned(text)));
    spool.finish();
    var header = new Header(
        begin,
        "datasphere-emulator " + settings.version(),
        settings.upstream().isPresent() ? Header.EMULATOR : Header.SERVICE,
        List.of(),
        List.copyOf(messages.unknown()));
    var left = RecordingFolder.write(settings.output(), header, spool, settings.redaction(), api);
    var all = new ArrayList<>(warnings);
    all.addAll(left);
    all.addAll(messages.unknown());
    return all;
  }

  private List<String> warnings() {
    var all = new ArrayList<String>();
    for (long call : calls.open().all()) {
      spool.add(new Ended(call, "CANCELLED", "the recording ended", "recorder", new TreeMap<>()));
      all.add("Call " + call + " had not ended when the recording ended.");
    }
    all.addAll(calls.open().broken());
    all.addAll(calls.open().retried());
    all.addAll(calls.open().connections());
    all.addAll(files.broken());
    long unused = files.urls().unused();
    if (unused > 0) {
      all.add(unused + " files were offered and not moved through the recorder: the client left"
          + " them, or went past it.");
    }
    return all;
  }

  private void stopPorts() {
    proxy.close();
    stop(plain);
    stop(tls);
    upstream.close();
    files.close();
  }

  private static void stop(Server server) {
    server.shutdown();
    try {
      if (!server.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        server.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    stopPorts();
    spool.close();
  }
}
