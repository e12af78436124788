package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs test classes of this module in another JVM, on a JUnit and a class path of their own. */
final class OtherPlatform {
  private static final List<String> JUNIT = List.of("junit-", "opentest4j-", "apiguardian-");

  private static final String PROTOBUF = "protobuf-java-";

  private OtherPlatform() {}

  /**
   * Fails unless all tests pass, at least one of them; returns what they printed.
   *
   * @param version of the JUnit platform, 1.10.5 or 6.0.1
   * @param classes pattern of their simple names
   * @param without beginnings of the names of jars that are left out
   */
  static String passes(String version, String classes, List<String> without, Path folder)
      throws IOException, InterruptedException {
    return run(version, classes, classPath(without), folder);
  }

  /** The same with what the README's dependency brings, AssertJ and nothing else. */
  static String passesForUsers(String version, String classes, Path folder)
      throws IOException, InterruptedException {
    return passesForUsers(version, classes, broughtBy(jar -> true), folder);
  }

  /** The same for a user whose project asks for another version of protobuf-java. */
  static String passesForUsersOfProtobuf(
      String protobuf, String version, String classes, Path folder)
      throws IOException, InterruptedException {
    var brought = broughtBy(jar -> !jar.startsWith(PROTOBUF));
    return passesForUsers(version, classes, protobuf(protobuf, brought), folder);
  }

  /** Like the first, with that version of protobuf-java. */
  static String passesOnProtobuf(String protobuf, String version, String classes, Path folder)
      throws IOException, InterruptedException {
    return run(version, classes, protobuf(protobuf, classPath(List.of(PROTOBUF))), folder);
  }

  private static String protobuf(String version, String path) {
    var jars = Stream.of("", "util-")
        .map(name -> Path.of("target", "junits", PROTOBUF + name + version + ".jar"))
        .toList();
    assertThat(jars).allSatisfy(jar -> assertThat(jar).exists());
    return jars.get(0) + File.pathSeparator + jars.get(1) + File.pathSeparator + path;
  }

  private static String broughtBy(Predicate<String> jars) throws IOException {
    return path(Files.readString(Path.of("target", "class-path-of-users")).strip(), jars);
  }

  private static String passesForUsers(String version, String classes, String brought, Path folder)
      throws IOException, InterruptedException {
    var own =
        Stream.of("classes", "test-classes").map(name -> Path.of("target", name).toString());
    var path = Stream.of(
            own, Stream.of(brought), Stream.of(only(List.of("assertj-", "byte-buddy-"))))
        .flatMap(entries -> entries)
        .collect(Collectors.joining(File.pathSeparator));
    return run(version, classes, path, folder);
  }

  private static String run(String version, String classes, String classPath, Path folder)
      throws IOException, InterruptedException {
    var standalone =
        Path.of("target", "junits", "junit-platform-console-standalone-" + version + ".jar");
    assertThat(standalone).exists();
    var output = folder.resolve("output");
    var process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true",
            "-cp",
            standalone + File.pathSeparator + classPath,
            "org.junit.platform.console.ConsoleLauncher",
            "execute",
            "--scan-classpath",
            Path.of("target", "test-classes").toString(),
            "--include-classname",
            ".*\\.(" + classes + ")",
            "--details=summary",
            "--disable-banner")
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    var text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    assertThat(text).contains(" 0 tests failed").doesNotContain(" 0 tests successful");
    return text;
  }

  private static String classPath(List<String> without) {
    return path(jar -> isKept(jar, without));
  }

  private static String only(List<String> jars) {
    return path(jar -> jars.stream().anyMatch(jar::startsWith));
  }

  private static String path(Predicate<String> jars) {
    return path(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        jars);
  }

  private static String path(String whole, Predicate<String> jars) {
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(entry -> jars.test(Path.of(entry).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isKept(String jar, List<String> without) {
    return JUNIT.stream().noneMatch(jar::startsWith) && without.stream().noneMatch(jar::startsWith);
  }
}
