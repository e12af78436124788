package io.github.datasphere.emulator.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * How long {@code run} takes, from its launcher to its end, for a job that only gets a large input:
 * with the flags that users get, unlike the rows that measure the server.
 */
final class RunInputRow implements BenchRow {
  private static final int ROUNDS = 5;
  private static final int MEBIBYTES = 1024;

  @Override
  public int number() {
    return 8;
  }

  @Override
  public String figure() {
    return "run of a job with a 1 GiB input, from its launcher to its end";
  }

  @Override
  public Result measure() throws Exception {
    var directory = Files.createTempDirectory("bench-run");
    try {
      makeJob(directory);
      var ours = new double[ROUNDS];
      var peer = new double[ROUNDS];
      // The first round fills the caches of the machine
      for (int round = -1; round < ROUNDS; round++) {
        var sum = sha256sum(directory);
        var run = run(directory);
        if (round >= 0) {
          peer[round] = sum;
          ours[round] = run;
        }
      }
      return Result.of(
          Quantity.median(ours, "ms"),
          "sha256sum of the file",
          Quantity.median(peer, "ms"),
          Aim.atMostTimesPeer(1.3));
    } finally {
      UploadRow.delete(directory);
    }
  }

  private static void makeJob(Path directory) throws IOException {
    var piece = new byte[1 << 20];
    var random = new Random(1);
    try (var out = new BufferedOutputStream(Files.newOutputStream(directory.resolve("large")))) {
      for (int i = 0; i < MEBIBYTES; i++) {
        random.nextBytes(piece);
        out.write(piece);
      }
    }
    Files.writeString(directory.resolve("job.yaml"), "cmd: 'true'\ninputs: [large]\n");
  }

  private static double sha256sum(Path directory) throws IOException, InterruptedException {
    var start = System.nanoTime();
    var sum = process(directory, List.of("sha256sum", "large"));
    sum.getInputStream().readAllBytes();
    if (sum.waitFor() != 0) {
      throw new IOException("sha256sum failed");
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double run(Path directory) throws IOException, InterruptedException {
    var launcher = Path.of(System.getProperty("bench.root"), "emulator/bin/datasphere-emulator");
    var start = System.nanoTime();
    var run = process(
        directory,
        List.of(launcher.toString(), "run", "job.yaml", "--runner=process", "--log-dir=logs"));
    var said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (run.waitFor() != 0) {
      throw new IOException("the job failed: " + said);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static Process process(Path directory, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .start();
  }
}
