package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher finds its parts, in a tree of its own. */
class LauncherIT {
  private static final Path JAR = Launched.MODULE.resolve("target/datasphere-emulator.jar");
  private static final String BUILDER =
      "#!/bin/sh\necho '[INFO] --- compiler:3:compile (default) @ proto ---'\ncp \"$JAR\" emulator/target/datasphere-emulator.jar\n";

  @TempDir
  Path folder;

  @Test
  void worksFromAnywhereAndThroughLinks() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("link"), Launched.LAUNCHER);
    var inner = Files.createDirectory(folder.resolve("inner"));
    var outer = Files.createSymbolicLink(inner.resolve("emu"), Path.of("../" + link.getFileName()));
    try (var launched = Launched.start(outer, inner, Map.of(), "version")) {
      assertThat(launched.exitCode()).isZero();
      assertThat(launched.stdout()).startsWith("datasphere-emulator ");
      assertThat(launched.stderr()).isEmpty();
    }
  }

  @Test
  void buildsTheJarThatIsNotThereAndSaysSo() throws Exception {
    var launcher = tree(BUILDER);
    try (var first = version(launcher, Map.of("JAR", JAR.toString()))) {
      assertThat(first.exitCode()).isZero();
      assertThat(first.stdout()).startsWith("datasphere-emulator ").doesNotContain("compiler");
      assertThat(first.stderr())
          .contains("building, which is needed once")
          .contains("  compiler:3:compile proto")
          .contains("preparing fast starts");
    }
    try (var second = version(launcher, Map.of())) {
      assertThat(second.exitCode()).isZero();
      assertThat(second.stderr()).isEmpty();
    }
    assertThat(folder.resolve("emulator/target"))
        .isDirectoryNotContaining("glob:**rehearsal*")
        .isDirectoryNotContaining("glob:**.lock");
  }

  @Test
  void aProgramThatIsOlderThanItsSourcesSaysSo() throws Exception {
    var launcher = tree(BUILDER);
    try (var first = version(launcher, Map.of("JAR", JAR.toString()))) {
      assertThat(first.exitCode()).isZero();
    }
    var sources = Files.createDirectories(folder.resolve("emulator/src/main"));
    Files.writeString(sources.resolve("Changed.java"), "");
    try (var launched = version(launcher, Map.of())) {
      assertThat(launched.exitCode()).isZero();
      assertThat(launched.stderr())
          .contains("older than its sources (emulator/src/main/Changed.java)")
          .contains("delete " + folder);
    }
  }

  @Test
  void aBuildThatFailsEndsTheCommand() throws Exception {
    var launcher = tree("#!/bin/sh\necho 'no network' >&2\nexit 1\n");
    try (var launched = version(launcher, Map.of())) {
      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.stderr())
          .contains("no network")
          .contains("the build failed, see above and " + folder);
    }
  }

  @Test
  void aLockOfAKilledBuilderIsTakenOver() throws Exception {
    var launcher = tree(BUILDER);
    var ended = new ProcessBuilder("true").start();
    ended.waitFor();
    var lock = Files.createDirectories(folder.resolve("emulator/target/launcher.lock"));
    Files.writeString(lock.resolve("pid"), ended.pid() + "\n");
    try (var launched = version(launcher, Map.of("JAR", JAR.toString()))) {
      assertThat(launched.exitCode()).isZero();
    }
  }

  @Test
  void anArchiveOfClassesThatIsNoneIsIgnored() throws Exception {
    var launcher = tree(BUILDER);
    try (var first = version(launcher, Map.of("JAR", JAR.toString()))) {
      assertThat(first.exitCode()).isZero();
    }
    try (var archives = Files.newDirectoryStream(folder.resolve("emulator/target"), "*.jsa")) {
      for (var archive : archives) {
        Files.delete(archive);
        Files.writeString(archive, "no classes");
      }
    }
    try (var launched = version(launcher, Map.of())) {
      assertThat(launched.exitCode()).isZero();
      assertThat(launched.stdout()).startsWith("datasphere-emulator ");
      assertThat(launched.stderr()).isEmpty();
    }
  }

  @Test
  void javaThatIsTooOldIsNamed() throws Exception {
    var home = javaHome("11.0.2");
    try (var launched = version(tree(BUILDER), Map.of("JAVA_HOME", home.toString()))) {
      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.stderr())
          .contains("Java 11.0.2 of JAVA_HOME (" + home + ") is too old; install a JDK 17");
    }
  }

  @Test
  void javaOfAnOldKindOfVersionIsTooOld() throws Exception {
    var home = javaHome("1.8.0_402");
    try (var launched = version(tree(BUILDER), Map.of("JAVA_HOME", home.toString()))) {
      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.stderr()).contains("Java 1.8.0_402 of JAVA_HOME");
    }
  }

  @Test
  void aJavaHomeWithoutJavaIsNamed() throws Exception {
    try (var launched = version(tree(BUILDER), Map.of("JAVA_HOME", folder.toString()))) {
      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.stderr()).contains("JAVA_HOME (" + folder + ") has no bin/java");
    }
  }

  @Test
  void withoutJavaItSaysWhatToInstall() throws Exception {
    var tools = Files.createDirectory(folder.resolve("tools"));
    for (var tool : new String[] {"bash", "readlink", "dirname", "basename", "sed", "env"}) {
      var real = new ProcessBuilder("sh", "-c", "command -v " + tool).start();
      var path = new String(real.getInputStream().readAllBytes()).strip();
      Files.createSymbolicLink(tools.resolve(tool), Path.of(path));
    }
    var variables = Map.of("JAVA_HOME", "", "PATH", tools.toString());
    try (var launched = version(tree(BUILDER), variables)) {
      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.stderr()).contains("there is no Java; install a JDK 17 or later");
    }
  }

  private Launched version(Path launcher, Map<String, String> variables) throws IOException {
    return Launched.start(launcher, folder, variables, "version");
  }

  /** A repository with this launcher and this builder. */
  private Path tree(String builder) throws IOException {
    program(folder.resolve("mvnw"), builder);
    var bin = Files.createDirectories(folder.resolve("emulator/bin"));
    return Files.copy(Launched.LAUNCHER, bin.resolve("datasphere-emulator"));
  }

  private Path javaHome(String version) throws IOException {
    var home = folder.resolve("java");
    Files.createDirectories(home.resolve("bin"));
    program(home.resolve("bin/java"), "#!/bin/sh\nexit 3\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
