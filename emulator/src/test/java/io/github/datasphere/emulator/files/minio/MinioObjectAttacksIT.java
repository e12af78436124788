package io.github.datasphere.emulator.files.minio;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static io.github.datasphere.emulator.files.Contents.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.files.minio.MinioFileStore.Times;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.minio.CopyObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveBucketArgs;
import io.minio.RemoveObjectArgs;
import io.minio.SetBucketVersioningArgs;
import io.minio.SetObjectTagsArgs;
import io.minio.SourceObject;
import io.minio.messages.VersioningConfiguration;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody with the keys of the storage, or its disk, does to a stored file. */
class MinioObjectAttacksIT {
  private static final Times NOW = new Times(Clock.systemUTC(), Clock.systemUTC());
  private static final ProjectId PROJECT = new ProjectId("bt1fixture0000000000");
  private static final int SIZE = 3_000_000;

  @TempDir
  private static Path folder;

  private static MinioServer server;

  /** What is done to an object of a bucket. */
  @FunctionalInterface
  interface Deed {
    void to(Victim victim) throws Exception;
  }

  /** What an attack does to the content. */
  enum Harm {
    NONE,
    /** Once it is stored again, all is well. */
    CONTENT,
    /** Until its disk is mended, the server refuses the object for good. */
    DISK
  }

  /** One attack, and what it does to the content. */
  record Attack(String name, Harm harm, Deed deed) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void startServer() throws IOException {
    server = MinioServer.start(folder);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  static Stream<Attack> attacks() {
    return Stream.of(objects(), facts(), buckets(), disks()).flatMap(some -> some);
  }

  private static Stream<Attack> objects() {
    return Stream.of(
        new Attack("nothing", Harm.NONE, it -> {}),
        new Attack("removed", Harm.CONTENT, Victim::remove),
        new Attack("swapped", Harm.CONTENT, it -> it.put(bytesOf("other", SIZE))),
        new Attack("shorter", Harm.CONTENT, it -> it.put(bytesOf("kept", SIZE - 1))),
        new Attack("longer", Harm.CONTENT, it -> it.put(bytesOf("kept", SIZE + 1))),
        new Attack("empty", Harm.CONTENT, it -> it.put(new byte[0])),
        new Attack("one byte changed", Harm.CONTENT, it -> {
          var content = bytesOf("kept", SIZE);
          content[SIZE - 1]++;
          it.put(content);
        }),
        new Attack("put again", Harm.NONE, it -> it.put(bytesOf("kept", SIZE))));
  }

  private static Stream<Attack> facts() {
    return Stream.of(
        new Attack(
            "packed and told to be",
            Harm.CONTENT,
            it -> it.put(packed(bytesOf("kept", SIZE)), Map.of("Content-Encoding", "gzip"))),
        new Attack(
            "told to be a page",
            Harm.NONE,
            it -> it.put(bytesOf("kept", SIZE), Map.of("Content-Type", "text/html"))),
        new Attack(
            "told to be packed",
            Harm.NONE,
            it -> it.put(bytesOf("kept", SIZE), Map.of("Content-Encoding", "gzip"))),
        new Attack(
            "with facts of its own",
            Harm.NONE,
            it -> it.put(
                bytesOf("kept", SIZE), Map.of("x-amz-meta-sha256", "0", "Expires", "never"))),
        new Attack("with tags", Harm.NONE, Victim::tag),
        new Attack("with objects below it", Harm.NONE, it -> it.putBelow("/x", new byte[1])));
  }

  private static Stream<Attack> buckets() {
    return Stream.of(
        new Attack("versions, and the newest is another", Harm.CONTENT, it -> {
          it.keepVersions();
          it.put(bytesOf("other", SIZE));
        }),
        new Attack("versions, and the newest is its removal", Harm.CONTENT, it -> {
          it.keepVersions();
          it.remove();
        }),
        new Attack("versions, removed and put again", Harm.NONE, it -> {
          it.keepVersions();
          it.remove();
          it.put(bytesOf("kept", SIZE));
        }),
        new Attack("moved elsewhere", Harm.CONTENT, it -> {
          it.copyTo("elsewhere");
          it.remove();
        }),
        new Attack("the bucket removed", Harm.CONTENT, it -> {
          it.remove();
          it.removeBucket();
        }),
        new Attack("the bucket removed and made again", Harm.CONTENT, it -> {
          it.remove();
          it.removeBucket();
          it.makeBucket();
        }));
  }

  private static Stream<Attack> disks() {
    return Stream.of(
        new Attack(
            "the last part cut",
            Harm.CONTENT,
            it -> it.onDisk(
                "part.1",
                file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), SIZE / 2)))),
        new Attack(
            "a byte of its part changed",
            Harm.CONTENT,
            it -> it.onDisk("part.1", file -> {
              var bytes = Files.readAllBytes(file);
              bytes[bytes.length / 2]++;
              Files.write(file, bytes);
            })),
        new Attack("its part removed", Harm.CONTENT, it -> it.onDisk("part.1", Files::delete)),
        new Attack(
            "its part empty",
            Harm.CONTENT,
            it -> it.onDisk("part.1", file -> Files.write(file, new byte[0]))),
        new Attack("its facts removed", Harm.CONTENT, it -> it.onDisk("xl.meta", Files::delete)),
        new Attack(
            "its facts cut",
            Harm.DISK,
            it -> it.onDisk(
                "xl.meta",
                file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100)))),
        new Attack(
            "its facts empty",
            Harm.CONTENT,
            it -> it.onDisk("xl.meta", file -> Files.write(file, new byte[0]))));
  }

  /** The content of the file is given, or an error that names what is wrong; never another. */
  @ParameterizedTest
  @MethodSource("attacks")
  void noOtherContentIsGivenAndItCanBeStoredAgain(Attack attack) throws Exception {
    var content = bytesOf("kept", SIZE);
    var key = keyOf(PROJECT, content);
    var settings = ownBucket();
    try (var client = Connection.client(settings, Connection.http(settings));
        var store = MinioFileStore.open(settings, NOW)) {
      publish(store, content);
      var object = new ObjectNames(settings.namespace().name()).file(key).orElseThrow();
      attack.deed().to(new Victim(client, settings.bucket(), object));

      var failure = catchThrowable(() -> assertThat(read(store, key)).isEqualTo(content));
      if (attack.harm() == Harm.NONE) {
        assertThat(failure).isNull();
      } else {
        assertThat(failure).isInstanceOf(IOException.class);
      }

      new Bucket(client, settings.bucket(), new S3Errors(settings, NOW.machine())).make();
      catchThrowable(() -> store.delete(key)); // as its message says
      var again = catchThrowable(() -> {
        publish(store, content);
        assertThat(read(store, key)).isEqualTo(content);
      });
      if (attack.harm() == Harm.DISK) {
        assertThat(again).isInstanceOf(StorageException.class);
      } else {
        assertThat(again).isNull();
      }
    }
  }

  private static MinioSettings ownBucket() {
    var shared = server.settings();
    return new MinioSettings(
        shared.endpoint(),
        shared.publicEndpoint(),
        "jobs-" + UUID.randomUUID(),
        shared.keys(),
        shared.dialect(),
        shared.namespace());
  }

  private static byte[] read(MinioFileStore store, FileKey key) throws IOException {
    store.size(key);
    try (var read = store.open(key, 0)) {
      return read.readAllBytes();
    }
  }

  private static void publish(MinioFileStore store, byte[] content) throws IOException {
    try (var staged = store.stage(PROJECT, new ByteArrayInputStream(content), Long.MAX_VALUE)) {
      staged.publish();
    }
  }

  private static byte[] packed(byte[] content) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  /** What is done with a file of its disk. */
  @FunctionalInterface
  interface OnDisk {
    void to(Path file) throws IOException;
  }

  /** A stored object. */
  record Victim(MinioClient client, String bucket, String object) {
    void put(byte[] content) throws Exception {
      put(content, Map.of());
    }

    void put(byte[] content, Map<String, String> fields) throws Exception {
      client.putObject(PutObjectArgs.builder()
          .bucket(bucket)
          .object(object)
          .headers(fields)
          .data(content, content.length)
          .build());
    }

    void putBelow(String name, byte[] content) throws Exception {
      client.putObject(PutObjectArgs.builder()
          .bucket(bucket)
          .object(object + name)
          .data(content, content.length)
          .build());
    }

    void remove() throws Exception {
      client.removeObject(
          RemoveObjectArgs.builder().bucket(bucket).object(object).build());
    }

    void tag() throws Exception {
      client.setObjectTags(SetObjectTagsArgs.builder()
          .bucket(bucket)
          .object(object)
          .tags(Map.of("of", "another"))
          .build());
    }

    void copyTo(String name) throws Exception {
      client.copyObject(CopyObjectArgs.builder()
          .bucket(bucket)
          .object(name)
          .source(SourceObject.builder().bucket(bucket).object(object).build())
          .build());
    }

    void keepVersions() throws Exception {
      client.setBucketVersioning(SetBucketVersioningArgs.builder()
          .bucket(bucket)
          .config(
              new VersioningConfiguration(VersioningConfiguration.Status.ENABLED, null, null, null))
          .build());
    }

    void removeBucket() throws Exception {
      try (var all = new Bucket(client, bucket, null).list("")) {
        for (var item : all.toList()) {
          client.removeObject(RemoveObjectArgs.builder()
              .bucket(bucket)
              .object(item.objectName())
              .build());
        }
      }
      client.removeBucket(RemoveBucketArgs.builder().bucket(bucket).build());
    }

    void makeBucket() throws Exception {
      client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    }

    void onDisk(String name, OnDisk deed) throws IOException {
      try (var files = Files.walk(folder)) {
        for (var file : files
            .filter(each -> each.endsWith(name) && each.toString().contains(object))
            .toList()) {
          deed.to(file);
        }
      }
    }
  }
}
