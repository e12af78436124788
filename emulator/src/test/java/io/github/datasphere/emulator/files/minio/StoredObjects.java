package io.github.datasphere.emulator.files.minio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.files.Contents;
import io.minio.messages.Item;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/** Looks into the bucket, past every emulator. */
public final class StoredObjects {
  private StoredObjects() {}

  /** Their names, those of all emulators. */
  public static List<String> names(URI endpoint) throws IOException {
    try (var bucket = bucket(endpoint)) {
      return bucket.list("").map(Item::objectName).toList();
    }
  }

  /** Checks that each visible file holds what its name says, and counts them. */
  public static int checkDigests(URI endpoint) throws IOException {
    var checked = 0;
    try (var bucket = bucket(endpoint)) {
      for (var item : bucket.list("").toList()) {
        if (item.objectName().contains("/files/")) {
          try (var content = bucket.open(item.objectName(), 0)) {
            assertThat(item.objectName()).endsWith(Contents.sha256(content.readAllBytes()));
          }
          checked++;
        }
      }
    }
    return checked;
  }

  /** Puts something else where a file of this digest is. */
  static void replace(URI endpoint, String sha256, byte[] content) throws IOException {
    try (var bucket = bucket(endpoint)) {
      for (var item : bucket.list("").toList()) {
        if (item.objectName().endsWith(sha256)) {
          bucket.put(item.objectName(), content, content.length);
        }
      }
    }
  }

  private static Bucket bucket(URI endpoint) throws IOException {
    var settings = MinioServer.at(endpoint);
    return new Bucket(
        Connection.client(settings, Connection.http(settings)),
        settings.bucket(),
        new S3Errors(settings, Clock.systemUTC()));
  }
}
