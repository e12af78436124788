package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.base.OptionalLibrary;
import io.github.datasphere.emulator.base.ProcessIdentity;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.files.minio.MinioFileStore;
import io.github.datasphere.emulator.files.minio.MinioFileStore.Times;
import io.github.datasphere.emulator.files.minio.MinioSettings;
import io.github.datasphere.emulator.files.minio.Namespace;
import io.github.datasphere.emulator.wiring.MinioServers.Started;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files in an S3 bucket. This class needs the MinIO client, so it is loaded only when it is
 * used.
 */
public final class MinioFiles {
  private static final Logger LOG = LoggerFactory.getLogger(MinioFiles.class);
  private static final int ID_BYTES = 8;
  /** Comes to about a minute on a busy machine. */
  private static final int MOST_ATTEMPTS = 240;

  private static final long PAUSE_MILLIS = 250;
  private static final Pattern OWNER = Pattern.compile("(.*)-(\\d+-[0-9a-z]+)-[0-9a-f]+");

  private MinioFiles() {}

  /**
   * Opens the bucket of the configuration.
   *
   * @param clock the time by which the URLs of this world expire
   * @throws io.github.datasphere.emulator.files.StorageException if it cannot be used; the message
   *     says why and what to do
   */
  public static FileStore open(EmulatorContext base, Clock clock) throws IOException {
    var config = base.config().storage().minio();
    var times = new Times(clock, Clock.systemUTC());
    if (config.endpoint().isPresent()) {
      return MinioFileStore.open(settings(config, namespace(base)), times);
    }
    OptionalLibrary.ENGINE.require();
    var started = MinioServers.start(base);
    try {
      return openStarted(started, settings(started.config(), namespace(base)), times);
    } catch (IOException | RuntimeException | Error e) {
      started.container().close();
      throw e;
    }
  }

  static boolean hasBucket(MinioConfig config) throws IOException {
    var none = Namespace.temporary("none", name -> false);
    return MinioFileStore.hasBucket(settings(config, none), Clock.systemUTC());
  }

  /** Tries several times, since a server that has just been started needs some moments. */
  private static FileStore openStarted(Started started, MinioSettings settings, Times times)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return MinioFileStore.open(settings, times, started.container()::close);
      } catch (StorageException e) {
        if (attempt == MOST_ATTEMPTS || !started.container().isRunning()) {
          throw new ExplainedException(
              "The MinIO server in the container does not serve: look at its image, "
                  + started.config().image()
                  + ", or use --storage local. "
                  + e.getMessage(),
              e);
        }
        LOG.debug("The storage's container does not serve yet: {}", e.getMessage());
        pause();
      }
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the storage started");
    }
  }

  private static MinioSettings settings(MinioConfig config, Namespace namespace) {
    var endpoint = config.endpoint().orElseThrow();
    var keys = config.keys().orElseThrow();
    var dialect = config.dialect();
    return new MinioSettings(
        endpoint,
        config.publicEndpoint().orElse(endpoint),
        config.bucket(),
        new MinioSettings.Keys(keys.access().reveal(), keys.secret().reveal()),
        new MinioSettings.Dialect(dialect.region(), dialect.pathStyle(), dialect.ca()),
        namespace);
  }

  private static Namespace namespace(EmulatorContext base) throws IOException {
    if (base.isDurable()) {
      return Namespace.kept(text(base.workspace().key("bucket")));
    }
    return Namespace.temporary(
        String.join("-", host(), ProcessIdentity.current().text(), text(UrlSigner.newKey())),
        MinioFiles::isAbandoned);
  }

  private static String text(byte[] key) {
    return HexFormat.of().formatHex(Arrays.copyOf(key, ID_BYTES));
  }

  /** Tells whether the emulator with this id is gone. It can tell that on this machine only. */
  private static boolean isAbandoned(String id) {
    var owner = OWNER.matcher(id);
    return owner.matches()
        && owner.group(1).equals(host())
        && ProcessIdentity.parse(owner.group(2)).filter(ProcessIdentity::isGone).isPresent();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^a-zA-Z0-9]", "-");
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
