package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Keeps files in a bucket. Clients put and get them there directly. If the server does not check
 * the digest of uploaded content, the emulator checks it before the file counts as stored.
 */
public final class MinioFileStore implements FileStore {
  private static final int SMALL_BYTES = 1 << 20;

  private final Bucket bucket;
  private final ObjectNames names;
  private final UrlPresigner presigner;
  private final Namespace namespace;
  private final Times times;
  private final boolean serverChecks;
  private final Runnable atEnd;

  private MinioFileStore(
      Bucket bucket, MinioSettings settings, Times times, boolean serverChecks, Runnable atEnd) {
    this.bucket = bucket;
    this.names = new ObjectNames(settings.namespace().name());
    this.presigner = new UrlPresigner(settings.publicEndpoint(), settings);
    this.namespace = settings.namespace();
    this.times = times;
    this.serverChecks = serverChecks;
    this.atEnd = atEnd;
  }

  /**
   * The two clocks.
   *
   * @param emulator (virtual) time, by which URLs expire
   * @param machine real time, by which the server checks signatures
   */
  public record Times(Clock emulator, Clock machine) {}

  /**
   * Makes the bucket if it is missing, finds out what its server can do, and drops what was left
   * half done.
   *
   * @throws io.github.datasphere.emulator.files.StorageException if the server cannot be used; the
   *     message says why and what to do
   */
  public static MinioFileStore open(MinioSettings settings, Times times) throws IOException {
    return open(settings, times, () -> {});
  }

  /**
   * Opens a store; {@code atEnd} runs when the store is closed, but not if it could not be opened.
   */
  public static MinioFileStore open(MinioSettings settings, Times times, Runnable atEnd)
      throws IOException {
    return open(settings, times, DigestCheck::isMadeByServer, atEnd);
  }

  /**
   * Looks whether the bucket is there; changes nothing.
   *
   * @throws io.github.datasphere.emulator.files.StorageException if the server cannot be used
   */
  public static boolean hasBucket(MinioSettings settings, Clock machine) throws IOException {
    var client = Connection.client(settings, Connection.http(settings));
    try (var bucket = new Bucket(client, settings.bucket(), new S3Errors(settings, machine))) {
      return bucket.exists();
    }
  }

  /** Finds out whether the server checks digests. */
  @FunctionalInterface
  interface Probe {
    boolean serverChecks(DigestCheck check, String object, Instant now) throws IOException;
  }

  static MinioFileStore open(MinioSettings settings, Times times, Probe probe, Runnable atEnd)
      throws IOException {
    var http = Connection.http(settings);
    var errors = new S3Errors(settings, times.machine());
    var bucket = new Bucket(Connection.client(settings, http), settings.bucket(), errors);
    try {
      bucket.make();
      var names = new ObjectNames(settings.namespace().name());
      bucket.put(names.emptyFile(), new byte[0], 0);
      var check = new DigestCheck(http, new UrlPresigner(settings.endpoint(), settings));
      var serverChecks =
          probe.serverChecks(check, names.probe(), times.machine().instant());
      bucket.drop(names.probe());
      new Leftovers(bucket, times.machine().instant()).drop(settings.namespace());
      return new MinioFileStore(bucket, settings, times, serverChecks, atEnd);
    } catch (IOException | RuntimeException e) {
      bucket.close();
      throw e;
    }
  }

  @Override
  public OptionalLong size(FileKey key) throws IOException {
    if (isEmptyFile(key)) {
      return OptionalLong.of(0);
    }
    var object = names.file(key);
    if (object.isEmpty()) {
      return OptionalLong.empty();
    }
    var size = bucket.size(object.get());
    if (size.isEmpty()) {
      bucket.checkThere();
    }
    return size;
  }

  @Override
  public StagedFile stage(ProjectId project, InputStream content, long limitBytes)
      throws IOException {
    var measured = new MeasuredContent(content, limitBytes);
    var head = measured.readNBytes(SMALL_BYTES);
    if (head.length < SMALL_BYTES) {
      var key = new FileKey(project, measured.sha256());
      return new StagedBytes(bucket, key, object(key), head);
    }
    var staging = names.staging();
    try {
      bucket.put(staging, new SequenceInputStream(new ByteArrayInputStream(head), measured));
    } catch (IOException e) {
      measured.rethrow();
      throw e;
    }
    var key = new FileKey(project, measured.sha256());
    return new StagedObject(bucket, key, staging, object(key), measured.size());
  }

  @Override
  public InputStream open(FileKey key, long offset) throws IOException {
    if (isEmptyFile(key)) {
      return InputStream.nullInputStream();
    }
    var object = names.file(key).orElseThrow(() -> new NoSuchFileException(key.sha256()));
    if (offset > 0 && offset >= bucket.size(object).orElse(Long.MAX_VALUE)) {
      // S3 refuses to send an empty range
      return InputStream.nullInputStream();
    }
    var content = bucket.open(object, offset);
    return offset == 0 ? new VerifiedContent(content, key, bucket.place()) : content;
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public void delete(FileKey key) throws IOException {
    var object = names.file(key);
    if (object.isPresent() && !isEmptyFile(key)) {
      bucket.remove(object.get());
    }
  }

  @Override
  public URI presign(FileGrant grant) {
    var life = Duration.between(times.emulator().instant(), grant.expires());
    var now = times.machine().instant();
    var key = grant.key();
    return switch (grant.method()) {
      case GET -> presigner.get(object(key), now, life);
      case PUT ->
        serverChecks
            ? presigner.put(object(key), key.sha256(), now, life)
            : presigner.put(names.incoming(grant.job(), key), now, life);
    };
  }

  @Override
  public boolean takeIn(JobId job, FileKey key, long sizeBytes) throws IOException {
    if (contains(key)) {
      return true;
    }
    return !serverChecks
        && new Incoming(bucket, names.incoming(job, key)).moveTo(object(key), key, sizeBytes);
  }

  @Override
  public Stream<FileKey> list() {
    return list(names.files());
  }

  @Override
  public Stream<FileKey> list(ProjectId project) {
    return list(names.project(project));
  }

  @Override
  public void close() {
    if (namespace.temporary()) {
      bucket.dropAll(namespace.name() + "/");
    }
    bucket.close();
    atEnd.run();
  }

  private Stream<FileKey> list(String prefix) {
    return bucket.list(prefix).map(Item::objectName).flatMap(object -> names.key(object).stream());
  }

  /** Returns the name of the object. For a malformed digest, the URL leads to no object. */
  private String object(FileKey key) {
    return names.file(key).orElseGet(() -> names.files() + "none");
  }

  private static boolean isEmptyFile(FileKey key) {
    return key.sha256().equals(JobFile.EMPTY_SHA256);
  }
}
