package io.github.datasphere.emulator.files.minio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Drops unfinished objects: those of this emulator, and those of temporary emulators that were
 * killed.
 */
record Leftovers(Bucket bucket, Instant now) {
  /**
   * Age at which content is dropped that no job has used: twice the default life of a job's data.
   */
  private static final Duration PATIENCE = Duration.ofDays(28);

  void drop(Namespace namespace) throws IOException {
    var names = new ObjectNames(namespace.name());
    try {
      bucket.dropAll(names.stagings());
      try (var incoming = bucket.list(names.incomings())) {
        incoming
            .filter(item -> item.lastModified().toInstant().isBefore(now.minus(PATIENCE)))
            .forEach(item -> bucket.drop(item.objectName()));
      }
      try (var temporaries = bucket.folders(Namespace.temporaries())) {
        temporaries
            .filter(folder ->
                Namespace.temporaryId(folder).filter(namespace.isAbandoned()).isPresent())
            .forEach(bucket::dropAll);
      }
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }
}
