package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows of Java is what is compiled and run here. */
class ReadmeTest {
  private static final Path QUICK_START =
      Path.of("src/test/java/io/github/datasphere/samples/QuickStartTest.java");

  @Test
  void theQuickStartForTestAuthorsIsATestOfTheSamples() throws IOException {
    var source = Files.readString(QUICK_START);
    var shown = source.substring(source.indexOf("@DataSphereEmulator")).strip();
    assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + shown + "\n```\n");
  }
}
