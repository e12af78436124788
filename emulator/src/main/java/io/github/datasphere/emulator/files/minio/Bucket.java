package io.github.datasphere.emulator.files.minio;

import io.minio.BucketExistsArgs;
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
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few things that are asked of the server; failures say what is wrong and what to do. */
final class Bucket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bucket.class);
  /** So much of an object of unknown size is in memory at a time; the least that S3 takes is 5. */
  private static final long PART_BYTES = 5L << 20;

  private final MinioClient client;
  private final String name;
  private final Trouble trouble;

  Bucket(MinioClient client, String name, Trouble trouble) {
    this.client = client;
    this.name = name;
    this.trouble = trouble;
  }

  /** A request to the server. */
  @FunctionalInterface
  private interface Request<T> {
    T send() throws MinioException;
  }

  /** Makes it if it is missing. */
  void make() throws IOException {
    var exists =
        ask(() -> client.bucketExists(BucketExistsArgs.builder().bucket(name).build()));
    if (!exists) {
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

  /** What is known of an object. */
  record Found(long sizeBytes, String etag) {}

  /** Empty if there is no such object. */
  Optional<Found> find(String object) throws IOException {
    try {
      var stat =
          client.statObject(StatObjectArgs.builder().bucket(name).object(object).build());
      return Optional.of(new Found(stat.size(), stat.etag()));
    } catch (MinioException e) {
      if (Trouble.isMissingObject(e)) {
        return Optional.empty();
      }
      throw trouble.of(e);
    }
  }

  /** In bytes; empty if there is no such object. */
  OptionalLong size(String object) throws IOException {
    var found = find(object);
    return found.isPresent() ? OptionalLong.of(found.get().sizeBytes()) : OptionalLong.empty();
  }

  /** From this offset on, which is smaller than the object. */
  InputStream open(String object, long offset) throws IOException {
    try {
      return client.getObject(
          GetObjectArgs.builder().bucket(name).object(object).offset(offset).build());
    } catch (MinioException e) {
      if (Trouble.isMissingObject(e)) {
        throw new NoSuchFileException(object);
      }
      throw trouble.of(e);
    }
  }

  void put(String object, byte[] content, int length) throws IOException {
    ask(() -> client.putObject(PutObjectArgs.builder()
        .bucket(name)
        .object(object)
        .data(content, length)
        .build()));
  }

  /** Content of any size, part by part; there when it is there whole. */
  void put(String object, InputStream content) throws IOException {
    ask(() -> client.putObject(
        PutObjectArgs.builder().bucket(name).object(object).stream(content, null, PART_BYTES)
            .build()));
  }

  /** Within the server; the copy is there when it is there whole. */
  void copy(String from, String to) throws IOException {
    copy(SourceObject.builder().bucket(name).object(from).build(), to);
  }

  /** The same, if {@code from} is still the object that had this ETag. */
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

  /** As {@link #remove}, where nothing depends on it: what stays is only noted. */
  void drop(String object) {
    try {
      remove(object);
    } catch (IOException e) {
      LOG.warn("Object {} could not be deleted: {}", object, e.getMessage());
    }
  }

  /** All below this prefix, likewise. */
  void dropAll(String prefix) {
    try (var items = list(prefix)) {
      items.forEach(item -> drop(item.objectName()));
    } catch (UncheckedIOException e) {
      LOG.warn("Objects below {} could not be deleted: {}", prefix, e.getMessage());
    }
  }

  /** All objects below a prefix; failures come unchecked, while the stream is read. */
  Stream<Item> list(String prefix) {
    return items(
        ListObjectsArgs.builder().bucket(name).prefix(prefix).recursive(true).build());
  }

  /** Names of what looks like folders, with the slash at their end. */
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
    return StreamSupport.stream(client.listObjects(request).spliterator(), false)
        .map(this::item);
  }

  private Item item(Result<Item> result) {
    try {
      return result.get();
    } catch (MinioException e) {
      throw new UncheckedIOException(trouble.of(e));
    }
  }

  private <T> T ask(Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (MinioException e) {
      throw trouble.of(e);
    }
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
