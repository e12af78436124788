package io.github.datasphere.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Libraries that are loaded into a program before the C library, in whose place they answer. */
public final class Preload {
  private Preload() {}

  /** Skips the test if there is no C compiler, unless the run asks for all tests with it. */
  public static void assumeBuildable() {
    boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcc")));
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    Assumptions.assumeTrue(
        there || List.of(asked.split(",")).contains("gcc"),
        "gcc is not here: it makes the library that this test needs; .ci/run brings it");
  }

  /** Builds the library {@code name} in this folder from the C source beside a class. */
  public static Path build(Class<?> beside, String name, Path folder)
      throws IOException, InterruptedException {
    var source = folder.resolve(name + ".c");
    try (var text = beside.getResourceAsStream(name + ".c")) {
      Files.write(source, Objects.requireNonNull(text).readAllBytes());
    }
    var library = folder.resolve(name + ".so");
    var compiler = new ProcessBuilder(
            "gcc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
        .redirectErrorStream(true)
        .start();
    var said = new String(compiler.getInputStream().readAllBytes(), UTF_8);
    if (compiler.waitFor() != 0) {
      throw new AssertionError(name + ".c cannot be compiled: " + said);
    }
    return library;
  }
}
