package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.bench.Aim;
import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.Quantity;
import io.github.datasphere.emulator.bench.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Row 12: what the extension adds to the class path of a user's tests; AssertJ, which is optional,
 * and JUnit are not counted. The build writes the class path of this module's dependencies to a
 * file before it measures.
 */
final class JarsRow implements BenchRow {
  private static final double MEBIBYTE = 1 << 20;
  private static final List<String> BESIDE_GRPC =
      List.of("datasphere-", "slf4j-", "snakeyaml-", "jspecify-");

  private final boolean bytes;

  private JarsRow(boolean bytes) {
    this.bytes = bytes;
  }

  static JarsRow count() {
    return new JarsRow(false);
  }

  static JarsRow size() {
    return new JarsRow(true);
  }

  @Override
  public int number() {
    return 12;
  }

  @Override
  public String figure() {
    return bytes ? "their size" : "jars added to a user's tests";
  }

  @Override
  public Result measure() throws IOException {
    var dependencies =
        Files.readString(Path.of(System.getProperty("bench.classpath"))).strip();
    var jars = Stream.concat(
            Stream.of(System.getProperty("bench.own")),
            Arrays.stream(dependencies.split(File.pathSeparator)))
        .map(Path::of)
        .toList();
    Predicate<Path> grpc =
        jar -> BESIDE_GRPC.stream().noneMatch(jar.getFileName().toString()::startsWith);
    var aim = bytes ? Aim.atMost(25, "MB") : Aim.atMost(30, "jars");
    return Result.of(
        quantity(jars), "bare gRPC", quantity(jars.stream().filter(grpc).toList()), aim);
  }

  private Quantity quantity(List<Path> jars) throws IOException {
    if (!bytes) {
      return new Quantity(jars.size(), "jars");
    }
    long size = 0;
    for (var jar : jars) {
      size += Files.size(jar);
    }
    return new Quantity(size / MEBIBYTE, "MB");
  }
}
