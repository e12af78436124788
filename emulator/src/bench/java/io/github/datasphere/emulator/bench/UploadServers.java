package io.github.datasphere.emulator.bench;

import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.emulator.engine.files.Download;
import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.http.HttpFrontend;
import io.github.datasphere.emulator.http.HttpParts;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.emulator.http.HttpSettings;
import io.github.datasphere.emulator.http.TransferInterceptor;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.github.datasphere.emulator.tokens.TokenService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Our server, which checks what it stores, and the JDK's with nothing but a file behind it. */
final class UploadServers {
  private UploadServers() {}

  /** How long our own takes. */
  static Duration ours(Path directory, String sha256) throws IOException {
    var signer = new UrlSigner(UrlSigner.newKey());
    var key = new FileKey(new ProjectId("bench"), sha256);
    try (var store = new LocalFileStore(directory, signer, () -> URI.create("http://unused"));
        var frontend =
            new HttpFrontend(HttpSettings.loopback(0), parts(store, signer), new HttpPorts(0))) {
      var expires = Clock.systemUTC().instant().plus(Duration.ofHours(1));
      var grant = new FileGrant(Method.PUT, new JobId("bench"), key, Upload.SIZE_BYTES, expires);
      var took = Upload.to(signer.sign(frontend.baseUri(), grant));
      if (!store.contains(key)) {
        throw new IOException("the file is not stored");
      }
      store.delete(key);
      return took;
    }
  }

  /** How long the bare one takes. */
  static Duration bare(Path directory) throws IOException {
    var file = directory.resolve("bare");
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    var thread = Executors.newSingleThreadExecutor();
    server.setExecutor(thread);
    server.createContext("/", exchange -> {
      try (var out = Files.newOutputStream(file)) {
        copy(exchange.getRequestBody(), out);
      }
      exchange.sendResponseHeaders(200, -1);
    });
    server.start();
    try {
      return Upload.to(
          URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file?of=bench"));
    } finally {
      server.stop(0);
      thread.shutdown();
      Files.deleteIfExists(file);
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    var buffer = new byte[64 * 1024];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
    }
  }

  private static HttpParts parts(FileStore store, UrlSigner signer) {
    var clock = Clock.systemUTC();
    return new HttpParts(
        () -> new Unattended(store),
        () -> exchange -> {},
        Optional::empty,
        signer,
        () -> new TokenService(TokenRules.OPEN, UrlSigner.newKey(), clock),
        clock,
        TransferInterceptor.NONE);
  }

  /** What the engine does with content, without jobs. */
  private record Unattended(FileStore store) implements FileTraffic {
    @Override
    public void acceptUpload(FileGrant grant, InputStream content) throws IOException {
      try (var staged = store.stage(grant.key().project(), content, grant.sizeBytes())) {
        if (!staged.key().equals(grant.key())) {
          throw new IOException("got " + staged.key());
        }
        staged.publish();
      }
    }

    @Override
    public Download openDownload(FileGrant grant, long offset) throws IOException {
      return new Download(grant.sizeBytes(), store.open(grant.key(), offset));
    }
  }
}
