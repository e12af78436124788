package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.files.StorageException;
import io.minio.ComposeObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.SourceObject;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few requests to the server that this store needs. Failures say what is wrong and what to do.
 */
final class Bucket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bucket.class);
  /**
   * How much of an object of unknown size is in memory at a time; S3 takes no parts below 5 MiB.
   */
  private static final long PART_BYTES = 5L << 20;

  private final MinioClient client;
  private final String name;
  private final S3Errors errors;

  Bucket(MinioClient client, String name, S3Errors errors) {
    this.client = client;
    this.name = name;
    this.errors = errors;
  }

  /** A request to the server. */
  @FunctionalInterface
  private interface Request<T> {
    T send() throws MinioException;
  }

  /** Makes the bucket if it is missing. */
  void make() throws IOException {
    if (!exists()) {
      ask(() -> {
        try {
          client.makeBucket(MakeBucketArgs.builder().bucket(name).build());
        } catch (ErrorResponseException e) {
          // Another emulator was faster
          if (!e.errorResponse().code().equals("BucketAlreadyOwnedByYou")) {
            throw e;
          }
        }
        return name;
      });
    }
  }

  /**
   * Tells a missing object from a missing bucket, which look the same to {@link #find}.
   *
   * @throws StorageException if the bucket is gone
   */
  void checkThere() throws IOException {
    if (!exists()) {
      throw errors.ofMissingBucket();
    }
  }

  /**
   * Whether the bucket exists. It uses a request whose answer has a body, which says why if it is
   * refused.
   */
  boolean exists() throws IOException {
    var any = ListObjectsArgs.builder().bucket(name).maxKeys(1).build();
    try {
      for (var result : client.listObjects(any)) {
        result.get();
        break;
      }
      return true;
    } catch (MinioException e) {
      if (S3Errors.isMissingBucket(e)) {
        return false;
      }
      throw errors.of(e);
    } catch (RuntimeException e) {
      throw errors.ofConnection(failureOf(e));
    }
  }

  /** Returns where the bucket is, for humans. */
  String place() {
    return errors.place();
  }

  /** What is known of an object. */
  record Found(long sizeBytes, String etag) {}

  /** Looks an object up; empty if there is none. */
  Optional<Found> find(String object) throws IOException {
    try {
      var stat = send(() ->
          client.statObject(StatObjectArgs.builder().bucket(name).object(object).build()));
      return Optional.of(new Found(stat.size(), stat.etag()));
    } catch (ErrorResponseException e) {
      if (S3Errors.isMissingObject(e)) {
        return Optional.empty();
      }
      // This answer has no body; another request may tell more about the failure
      exists();
      throw errors.of(e);
    } catch (MinioException e) {
      throw errors.of(e);
    }
  }

  /** Returns the size in bytes; empty if there is no such object. */
  OptionalLong size(String object) throws IOException {
    var found = find(object);
    return found.isPresent() ? OptionalLong.of(found.get().sizeBytes()) : OptionalLong.empty();
  }

  /** Opens an object from this offset on, which is smaller than the object. */
  InputStream open(String object, long offset) throws IOException {
    try {
      var content = send(() -> client.getObject(
          GetObjectArgs.builder().bucket(name).object(object).offset(offset).build()));
      return new StoredContent(
          content, (done, failure) -> ofBrokenContent(object, offset + done, failure));
    } catch (MinioException e) {
      if (S3Errors.isMissingObject(e)) {
        throw new NoSuchFileException(object);
      }
      throw S3Errors.isDamage(e) ? errors.ofDamage(object, e) : errors.of(e);
    }
  }

  /**
   * Finds out why content broke off. A server that has lost the rest of an object hangs up within
   * its answer, and does so again at the same place.
   */
  private IOException ofBrokenContent(String object, long position, IOException failure) {
    var rest =
        GetObjectArgs.builder().bucket(name).object(object).offset(position).build();
    try (var content = send(() -> client.getObject(rest))) {
      content.read();
      return errors.ofConnection(failure);
    } catch (MinioException e) {
      return S3Errors.isDamage(e) ? errors.ofDamage(object, e) : errors.ofConnection(failure);
    } catch (IOException e) {
      return isThere(object) ? errors.ofDamage(object, failure) : errors.ofConnection(failure);
    } catch (RuntimeException e) {
      // Nor can this answer be read
      return errors.ofConnection(failure);
    }
  }

  private boolean isThere(String object) {
    try {
      return find(object).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  void put(String object, byte[] content, int length) throws IOException {
    ask(() -> client.putObject(PutObjectArgs.builder()
        .bucket(name)
        .object(object)
        .data(content, length)
        .build()));
  }

  /** Stores content of any size, part by part; the object appears only when it is complete. */
  void put(String object, InputStream content) throws IOException {
    ask(() -> client.putObject(
        PutObjectArgs.builder().bucket(name).object(object).stream(content, null, PART_BYTES)
            .build()));
  }

  /** Copies within the server; the copy appears only when it is complete. */
  void copy(String from, String to) throws IOException {
    copy(SourceObject.builder().bucket(name).object(from).build(), to);
  }

  /** Copies only if {@code from} still has this ETag. */
  void copy(String from, String etag, String to) throws IOException {
    copy(SourceObject.builder().bucket(name).object(from).matchETag(etag).build(), to);
  }

  private void copy(SourceObject source, String to) throws IOException {
    // The client changes the list
    var sources = new ArrayList<>(List.of(source));
    ask(() -> client.composeObject(
        ComposeObjectArgs.builder().bucket(name).object(to).sources(sources).build()));
  }

  void remove(String object) throws IOException {
    ask(() -> {
      client.removeObject(RemoveObjectArgs.builder().bucket(name).object(object).build());
      return object;
    });
  }

  /** Removes an object if nothing depends on the removal: a failure is only logged. */
  void drop(String object) {
    try {
      remove(object);
    } catch (IOException e) {
      LOG.warn("Object {} could not be deleted: {}", object, e.getMessage());
    }
  }

  /** Removes all objects below this prefix; a failure is only logged. */
  void dropAll(String prefix) {
    try (var items = list(prefix)) {
      items.forEach(item -> drop(item.objectName()));
    } catch (UncheckedIOException e) {
      LOG.warn("Objects below {} could not be deleted: {}", prefix, e.getMessage());
    }
  }

  /** Lists all objects below a prefix. Failures are thrown unchecked while the stream is read. */
  Stream<Item> list(String prefix) {
    return items(
        ListObjectsArgs.builder().bucket(name).prefix(prefix).recursive(true).build());
  }

  /** Lists the names that look like folders, with the slash at their end. */
  Stream<String> folders(String prefix) {
    return items(ListObjectsArgs.builder()
            .bucket(name)
            .prefix(prefix)
            .recursive(false)
            .build())
        .filter(Item::isDir)
        .map(Item::objectName);
  }

  private Stream<Item> items(ListObjectsArgs request) {
    var results = client.listObjects(request).iterator();
    var first = new AtomicReference<String>();
    return Stream.generate(() -> next(results))
        .takeWhile(Optional::isPresent)
        .map(Optional::get)
        .peek(item -> refuseCircle(first, item));
  }

  /** A server that begins its list again and again would never come to its end. */
  private void refuseCircle(AtomicReference<String> first, Item item) {
    if (item.objectName().equals(first.get())) {
      throw new UncheckedIOException(
          errors.ofNonsense("it lists the object " + first.get() + " twice"));
    }
    first.compareAndSet(null, item.objectName());
  }

  private Optional<Item> next(Iterator<Result<Item>> results) {
    try {
      return send(
          () -> results.hasNext() ? Optional.of(results.next().get()) : Optional.<Item>empty());
    } catch (MinioException e) {
      throw new UncheckedIOException(errors.of(e));
    }
  }

  private <T> T ask(Request<T> request) throws IOException {
    try {
      return send(request);
    } catch (MinioException e) {
      throw errors.of(e);
    }
  }

  /**
   * Sends a request. The client reports some failed connections, and each answer that it cannot
   * read, as mistakes of its caller; they are turned back into failures of the connection.
   */
  private static <T> T send(Request<T> request) throws MinioException {
    try {
      return request.send();
    } catch (RuntimeException e) {
      throw new MinioException(failureOf(e));
    }
  }

  private static IOException failureOf(RuntimeException failure) {
    if (failure.getCause() instanceof IOException cause) {
      return cause;
    }
    if (failure.getCause() instanceof GeneralSecurityException cause) {
      return new SSLException(cause.getMessage(), cause);
    }
    var unreadable = new ProtocolException(String.valueOf(failure.getMessage()));
    unreadable.initCause(failure);
    return unreadable;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      LOG.debug("The S3 client did not close", e);
    }
  }
}
