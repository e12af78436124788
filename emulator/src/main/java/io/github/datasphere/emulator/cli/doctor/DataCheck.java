package io.github.datasphere.emulator.cli.doctor;

import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.StorageConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.wiring.StorageProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks whether jobs and files can be kept. */
final class DataCheck implements Check {
  private static final long GIB = 1L << 30;

  private final StorageConfig storage;

  DataCheck(StorageConfig storage) {
    this.storage = storage;
  }

  @Override
  public String subject() {
    return "Storage";
  }

  @Override
  public List<Finding> run() {
    var findings = new ArrayList<Finding>();
    storage.dataDir().ifPresent(folder -> findings.add(folder(folder)));
    if (storage.kind() == StorageKind.MINIO) {
      findings.add(bucket(storage.minio()));
    }
    return findings;
  }

  private static Finding folder(Path folder) {
    var there = folder.toAbsolutePath();
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      var closed = PathErrors.hidden(there).orElse(there.toString());
      return Finding.problem(
          "data directory " + folder + " cannot be written (" + closed + ")",
          "choose another with --data-dir, or change its owner");
    }
    try {
      var free = Files.getFileStore(there).getUsableSpace();
      return free < GIB
          ? Finding.note(
              "only " + (free >> 20) + " MiB are free for data directory " + folder,
              "free some space, or choose another with --data-dir")
          : Finding.ok("data directory " + folder + ", " + (free >> 30) + " GiB free");
    } catch (IOException e) {
      return Finding.problem(
          "the free space of " + there + " is unknown: " + e.getMessage(),
          "choose another data directory with --data-dir");
    }
  }

  private static Finding bucket(MinioConfig minio) {
    if (minio.endpoint().isEmpty()) {
      return Finding.ok("MinIO is started in a container of " + minio.image());
    }
    var place = minio.endpoint().get() + "/" + minio.bucket();
    try {
      return StorageProbe.hasBucket(minio)
          ? Finding.ok("bucket " + place)
          : Finding.note("bucket " + place + " is missing", "it is made at the start");
    } catch (IOException e) {
      return Finding.problem(
          String.valueOf(e.getMessage()), "mend storage.minio, or use --storage local");
    }
  }
}
