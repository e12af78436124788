package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher finds its parts, in a tree of its own. */
class LauncherIT {
  private static final Path JAR = Launched.MODULE.resolve("target/datasphere-emulator.jar");
  /** What the wheel's command says, too, where no Java will do. */
  private static final int UNAVAILABLE = 69;

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
  void aJarWhoseBuildWasKilledIsBuiltAgain() throws Exception {
    var killed =
        tree("#!/bin/sh\necho half >emulator/target/datasphere-emulator.jar\nkill -9 $PPID $$\n");
    try (var first = version(killed, Map.of())) {
      assertThat(first.exitCode()).isNotZero();
    }
    Files.delete(killed);
    try (var second = version(tree(BUILDER), Map.of("JAR", JAR.toString()))) {
      assertThat(second.exitCode()).as(second.stderr()).isZero();
      assertThat(second.stdout()).startsWith("datasphere-emulator ");
    }
    assertThat(folder.resolve("emulator/target")).isDirectoryNotContaining("glob:**unfinished");
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
  void anArchiveIsMadeOnceMoreForAFolderThatWasMoved() throws Exception {
    var launcher = tree(BUILDER);
    var home =
        recordingJava("17.0.9", "for o; do case $o in *AtExit=*) : >\"${o#*=}\" ;; esac; done");
    var variables = Map.of("JAR", JAR.toString(), "JAVA_HOME", home.toString());
    try (var first = version(launcher, variables)) {
      assertThat(first.exitCode()).isZero();
    }
    assertQuiet(launcher, variables);
    var there = Files.createDirectory(folder.resolve("else where"));
    Files.move(folder.resolve("emulator"), there.resolve("emulator"));
    var moved = there.resolve(folder.relativize(launcher));
    try (var second = version(moved, variables)) {
      assertThat(second.exitCode()).isZero();
      assertThat(second.stderr()).contains("preparing fast starts").doesNotContain("slower");
    }
    assertQuiet(moved, variables);

    assertThat(making()).hasSize(2);
  }

  @Test
  void anArchiveThatCannotBeMadeIsTriedOnceForEachJavaAndJar() throws Exception {
    var launcher = tree(BUILDER);
    var home = recordingJava("17.0.9", "echo 'no base archive' >&2; exit 1");
    var variables = Map.of("JAR", JAR.toString(), "JAVA_HOME", home.toString());
    try (var first = version(launcher, variables)) {
      assertThat(first.exitCode()).isZero();
      assertThat(first.stderr())
          .contains("preparing fast starts")
          .contains("starts will be slower", ".failed", "no base archive");
    }
    assertQuiet(launcher, variables);
    assertQuiet(launcher, variables);
    assertThat(making()).hasSize(1);

    // Java has got what an archive is made on top of
    Files.createFile(Files.createDirectories(home.resolve("lib/server")).resolve("classes.jsa"));
    try (var changed = version(launcher, variables)) {
      assertThat(changed.exitCode()).isZero();
    }
    assertQuiet(launcher, variables);
    assertThat(making()).hasSize(2);

    Files.setLastModifiedTime(
        folder.resolve("emulator/target/datasphere-emulator.jar"),
        FileTime.from(Instant.now().plusSeconds(1)));
    try (var built = version(launcher, variables)) {
      assertThat(built.exitCode()).isZero();
      assertThat(built.stderr()).contains("preparing fast starts");
    }
    assertThat(making()).hasSize(3);
  }

  @Test
  void java25MakesItsCacheInOneStepWithTheModulesOfItsUse() throws Exception {
    var launcher = tree(BUILDER);
    var home =
        recordingJava("25.0.2", "for o; do case $o in *Output=*) : >\"${o#*=}\" ;; esac; done");
    var variables = Map.of("JAR", JAR.toString(), "JAVA_HOME", home.toString());
    try (var first = version(launcher, variables)) {
      assertThat(first.exitCode()).isZero();
      assertThat(first.stderr()).contains("preparing fast starts").doesNotContain("slower");
    }
    assertQuiet(launcher, variables);

    assertThat(making()).hasSize(1);
    var used = calls().get(calls().size() - 1);
    assertThat(used)
        .contains("-XX:-UsePerfData")
        .contains("-XX:AOTCache=" + folder + "/emulator/target/datasphere-emulator-25.0.2.aot")
        .doesNotContain("SharedArchiveFile");
    assertThat(calls())
        .allMatch(call -> call.contains(
            "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"))
        .allMatch(call -> call.contains("-XX:+UseSerialGC"));
  }

  @Test
  void javaThatIsTooOldIsNamed() throws Exception {
    var home = javaHome("11.0.2");
    try (var launched = version(tree(BUILDER), Map.of("JAVA_HOME", home.toString()))) {
      assertThat(launched.exitCode()).isEqualTo(UNAVAILABLE);
      assertThat(launched.stderr())
          .contains("Java 11.0.2 of JAVA_HOME (" + home + ") is too old; install a JDK 17")
          .contains("Mend it with: ");
    }
  }

  @Test
  void javaOfAnOldKindOfVersionIsTooOld() throws Exception {
    var home = javaHome("1.8.0_402");
    try (var launched = version(tree(BUILDER), Map.of("JAVA_HOME", home.toString()))) {
      assertThat(launched.exitCode()).isEqualTo(UNAVAILABLE);
      assertThat(launched.stderr()).contains("Java 1.8.0_402 of JAVA_HOME");
    }
  }

  @Test
  void aJavaHomeWithoutJavaIsNamed() throws Exception {
    try (var launched = version(tree(BUILDER), Map.of("JAVA_HOME", folder.toString()))) {
      assertThat(launched.exitCode()).isEqualTo(UNAVAILABLE);
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
      assertThat(launched.exitCode()).isEqualTo(UNAVAILABLE);
      assertThat(launched.stderr())
          .contains("there is no Java; install a JDK 17 or later")
          .contains("Mend it with: export JAVA_HOME=");
    }
  }

  @Test
  void javaOfAnotherProcessorIsTold() throws Exception {
    var home = javaHome("17.0.9");
    program(home.resolve("bin/java"), "\u007fELF for something else");
    var tree = tree(BUILDER);
    Files.createDirectories(folder.resolve("emulator/target"));
    Files.copy(JAR, folder.resolve("emulator/target/datasphere-emulator.jar"));
    try (var launched = version(tree, Map.of("JAVA_HOME", home.toString()))) {
      assertThat(launched.exitCode()).isEqualTo(UNAVAILABLE);
      assertThat(launched.stderr())
          .contains("cannot start " + home.resolve("bin/java"))
          .contains("is it made for this system?")
          .contains("Mend it with: ");
      assertThat(launched.stderr().lines()).hasSizeLessThanOrEqualTo(8);
    }
  }

  private void assertQuiet(Path launcher, Map<String, String> variables) throws Exception {
    try (var launched = version(launcher, variables)) {
      assertThat(launched.exitCode()).isZero();
      assertThat(launched.stderr()).isEmpty();
    }
  }

  /** A Java that notes how it is called, and does this where it is to make an archive. */
  private Path recordingJava(String version, String makes) throws IOException {
    var home = javaHome(version);
    program(
        home.resolve("bin/java"),
        "#!/bin/sh\necho \"$@\" >>'" + folder.resolve("calls") + "'\n"
            + "case \"$*\" in *ArchiveClassesAtExit=* | *AOTCacheOutput=*) " + makes
            + " ;; esac\n");
    return home;
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  /** The calls that were to make an archive. */
  private List<String> making() throws IOException {
    return calls().stream().filter(call -> call.contains("Rehearsal")).toList();
  }

  @Test
  void aLocaleThatKnowsEnglishLettersAloneHidesNoName() throws Exception {
    Files.createDirectories(folder.resolve("данные"));
    Files.writeString(folder.resolve("данные/файл.txt"), "f");
    Files.writeString(folder.resolve("job.yaml"), """
        cmd: cat данные/файл.txt > ответ.txt; echo "<$LC_ALL>"
        inputs: [данные]
        outputs: [ответ.txt]
        """);
    var arguments = new String[] {"run", "job.yaml", "--log-dir=журнал"};
    try (var launched =
        Launched.start(Launched.LAUNCHER, folder, Map.of("LC_ALL", "C"), arguments)) {
      assertThat(launched.exitCode()).as(launched.stderr()).isZero();
      assertThat(launched.stdout()).isEqualTo("<C>\n");
    }
    assertThat(folder.resolve("ответ.txt")).hasContent("f");
    assertThat(folder.resolve("журнал/stdout.txt")).exists();
  }

  @Test
  void aCommandGetsTheLocaleOfItsUser() throws Exception {
    var arguments = new String[] {"exec", "--", "sh", "-c", "echo \"<${LC_ALL-none}>\""};
    var variables = Map.of("LC_ALL", "", "LANG", "C", "LC_CTYPE", "");
    try (var launched = Launched.start(Launched.LAUNCHER, folder, variables, arguments)) {
      assertThat(launched.exitCode()).as(launched.stderr()).isZero();
      assertThat(launched.stdout()).isEqualTo("<none>\n");
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
    Executables.write(file, text);
  }
}
