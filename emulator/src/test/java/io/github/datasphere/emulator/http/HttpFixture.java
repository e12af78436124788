package io.github.datasphere.emulator.http;

import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.testing.ManualClock;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.github.datasphere.emulator.tokens.TokenService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A running HTTP side over a real store, and what its tests do with it. */
final class HttpFixture implements AutoCloseable {
  static final ProjectId PROJECT = new ProjectId("bt1project0000000000");
  static final JobId JOB = new JobId("bt1job00000000000000");
  static final Duration LIFE = Duration.ofHours(24);

  final ManualClock clock = new ManualClock(Instant.parse("2030-01-01T00:00:00Z"));
  final TokenService tokens = new TokenService(TokenRules.OPEN, new byte[32], clock.clock());
  final LocalFileStore store;
  final StoreTraffic traffic;
  final HttpFrontend frontend;
  /** Asks each plain connection for HTTP/2 with {@code Upgrade: h2c}, as the JDK's client does. */
  final HttpClient client = HttpClient.newHttpClient();

  private final Path root;
  private final HttpParts parts;
  private volatile FileTraffic inUse;
  private volatile Optional<Path> authority = Optional.empty();
  private volatile TransferInterceptor interceptor = TransferInterceptor.NONE;

  HttpFixture(Path root) throws IOException {
    this(root, Duration.ofMinutes(5));
  }

  HttpFixture(Path root, Duration stallLimit) throws IOException {
    this(root, stallLimit, new HttpPorts(0));
  }

  HttpFixture(Path root, Duration stallLimit, HttpPorts ports) throws IOException {
    this.root = root;
    var signer = new UrlSigner(UrlSigner.newKey());
    this.store = LocalFileStore.temporary(root, signer, () -> base());
    this.traffic = new StoreTraffic(store);
    this.inUse = traffic;
    this.parts = new HttpParts(
        () -> inUse,
        () -> exchange -> HttpReplies.say(exchange, 404, "There is no face here."),
        () -> authority,
        signer,
        () -> tokens,
        clock.clock(),
        (exchange, grant, transfer) -> interceptor.intercept(exchange, grant, transfer));
    this.frontend = new HttpFrontend(HttpSettings.loopback(0), parts, ports, stallLimit);
  }

  /** For another server of the same emulator. */
  HttpParts parts() {
    return parts;
  }

  URI base() {
    return frontend.baseUri();
  }

  void trust(Path certificate) {
    authority = Optional.of(certificate);
  }

  void use(FileTraffic other) {
    inUse = other;
  }

  void intercept(TransferInterceptor other) {
    interceptor = other;
  }

  FileGrant grant(Method method, byte[] content) {
    return new FileGrant(
        method,
        JOB,
        Contents.keyOf(PROJECT, content),
        content.length,
        clock.now().plus(LIFE));
  }

  URI putUrl(byte[] content) {
    return store.presign(grant(Method.PUT, content));
  }

  URI getUrl(byte[] content) {
    return store.presign(grant(Method.GET, content));
  }

  FileKey stored(byte[] content) throws IOException {
    try (var staged = store.stage(PROJECT, new ByteArrayInputStream(content), Long.MAX_VALUE)) {
      staged.publish();
      return staged.key();
    }
  }

  boolean has(byte[] content) throws IOException {
    return store.contains(Contents.keyOf(PROJECT, content));
  }

  /** What a client that stops half-way, or is refused, must not add to. */
  List<Path> filesOnDisk() throws IOException {
    try (var paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  HttpResponse<String> put(URI url, byte[] content) throws Exception {
    return send(HttpRequest.newBuilder(url).PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
  }

  HttpResponse<byte[]> get(URI url, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(url);
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofByteArray());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  RawClient raw() throws IOException {
    return new RawClient(base());
  }

  @Override
  public void close() {
    frontend.close();
    store.close();
  }
}
