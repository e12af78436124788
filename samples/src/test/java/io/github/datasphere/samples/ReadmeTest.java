package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows of Java is what is compiled and run here. */
class ReadmeTest {
  private static final Path POM = Path.of("../pom.xml");
  private static final Path QUICK_START =
      Path.of("src/test/java/io/github/datasphere/samples/QuickStartTest.java");

  @Test
  void theQuickStartForTestAuthorsIsATestOfTheSamples() throws IOException {
    var source = Files.readString(QUICK_START);
    var shown = source.substring(source.indexOf("@DataSphereEmulator")).strip();
    assertThat(readme()).contains("```java\n" + shown + "\n```\n");
  }

  @Test
  void theVersionsThatAProjectHasToAgreeOnAreOurs() throws IOException {
    assertThat(readme())
        .contains(
            bom("grpc-bom", property("grpc.version")),
            bom("protobuf-bom", property("protobuf.version")))
        .contains("<artifactId>datasphere-emulator-junit</artifactId>\n  <version>"
            + between(Files.readString(POM), "<version>", "</version>") + "</version>");
  }

  private static String bom(String artifact, String version) {
    return "<artifactId>" + artifact + "</artifactId><version>" + version + "</version>";
  }

  private static String property(String name) throws IOException {
    return between(Files.readString(POM), "<" + name + ">", "</" + name + ">");
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before) + before.length();
    return text.substring(start, text.indexOf(after, start));
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("../README.md"));
  }
}
