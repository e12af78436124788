package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension's own tests on the oldest JUnit that is supported, and on the newest. */
class OtherJUnitsIT {
  private static final List<String> JUNIT = List.of("junit-", "opentest4j-", "apiguardian-");

  @ParameterizedTest
  @ValueSource(strings = {"1.10.5", "6.0.1"})
  void theTestsPassOnThisPlatform(String version, @TempDir Path folder) throws Exception {
    var standalone =
        Path.of("target", "junits", "junit-platform-console-standalone-" + version + ".jar");
    assertThat(standalone).exists();
    var output = folder.resolve("output");
    var process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true",
            "-cp",
            standalone + File.pathSeparator + withoutJUnit(),
            "org.junit.platform.console.ConsoleLauncher",
            "execute",
            "--scan-classpath",
            Path.of("target", "test-classes").toString(),
            "--include-classname",
            ".*\\.(InjectionTest|RegistrationTest|StrictModeTest)",
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
    assertThat(process.exitValue()).as(text(output)).isZero();
    assertThat(text(output)).contains(" 0 tests failed").doesNotContain(" 0 tests successful");
  }

  private static String withoutJUnit() {
    var whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(
            entry -> JUNIT.stream().noneMatch(Path.of(entry).getFileName().toString()::startsWith))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String text(Path output) throws IOException {
    return Files.readString(output);
  }
}
