package io.github.datasphere.emulator.server;

import io.github.datasphere.emulator.engine.files.Download;
import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.face.Face;
import io.github.datasphere.emulator.face.FaceAccess;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.http.HttpFrontend;
import io.github.datasphere.emulator.http.HttpParts;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.emulator.http.HttpSettings;
import io.github.datasphere.emulator.http.TransferInterceptor;
import io.github.datasphere.emulator.saved.SavedJobs;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.github.datasphere.emulator.tokens.TokenService;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Shows the jobs of a file in the console, on a free port of this machine alone. */
public final class SavedJobsServer implements AutoCloseable {
  private final SavedJobs saved;
  private final FaceAccess access;
  private final Face face;
  private final HttpFrontend http;

  private SavedJobsServer(SavedJobs saved) {
    this.saved = saved;
    var tokens = new TokenService(TokenRules.OPEN, UrlSigner.newKey(), Clock.systemUTC());
    this.access = new FaceAccess(UrlSigner.newKey(), () -> tokens);
    this.face = new Face(saved, access);
    this.http = new HttpFrontend(
        HttpSettings.loopback(0),
        new HttpParts(
            NoTransfers::new,
            () -> face,
            Optional::empty,
            new UrlSigner(UrlSigner.newKey()),
            () -> tokens,
            Clock.systemUTC(),
            TransferInterceptor.NONE),
        new HttpPorts(0));
  }

  /**
   * Opens a file, and the port.
   *
   * @throws IOException if the file cannot be read or holds no saved jobs, or no port can be
   *     opened; the message says why
   */
  public static SavedJobsServer open(Path file) throws IOException {
    var server = new SavedJobsServer(SavedJobs.open(file));
    try {
      server.http.start();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Returns a link that lets one browser in; of a single job, to that job. */
  public URI link() {
    var jobs = saved.jobs();
    var page = jobs.size() == 1 ? "#/jobs/" + jobs.get(0).getId() : "#/jobs";
    return http.baseUri().resolve(access.newLink() + page);
  }

  /** Returns the token with which programs read. */
  public String token() {
    return access.token();
  }

  @Override
  public void close() throws IOException {
    face.close();
    http.close();
    saved.close();
  }

  /** There are no signed URLs of a file. */
  private static final class NoTransfers implements FileTraffic {
    @Override
    public void acceptUpload(FileGrant grant, InputStream content) throws IOException {
      throw new NoSuchFileException(grant.key().sha256());
    }

    @Override
    public Download openDownload(FileGrant grant, long offset) throws IOException {
      throw new NoSuchFileException(grant.key().sha256());
    }
  }
}
