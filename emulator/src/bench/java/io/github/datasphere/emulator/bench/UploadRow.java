package io.github.datasphere.emulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a large upload takes that is checked, stored durably and visible only whole. */
final class UploadRow implements BenchRow {
  private static final int ROUNDS = 3;

  @Override
  public int number() {
    return 8;
  }

  @Override
  public String figure() {
    return "2 GiB upload, sha256 checked, on disk";
  }

  @Override
  public Result measure() throws Exception {
    var sha256 = Upload.sha256();
    var directory = Files.createTempDirectory("bench-upload");
    try {
      var ours = new ArrayList<Duration>();
      var bare = new ArrayList<Duration>();
      for (int i = 0; i < ROUNDS; i++) {
        // In turn: what else the machine does meets both alike
        bare.add(UploadServers.bare(directory));
        ours.add(UploadServers.ours(directory.resolve("store"), sha256));
      }
      return new Result(
          Quantity.of(median(ours)),
          new Result.Peer("bare JDK server, unchecked", Quantity.of(median(bare))),
          List.of(Aim.atMostTimesPeer(1.3)));
    } finally {
      delete(directory);
    }
  }

  static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(ROUNDS / 2);
  }
}
