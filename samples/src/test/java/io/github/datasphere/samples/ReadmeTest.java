package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java that README and docs/testing.md show is compiled and run here. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void theQuickStartForTestAuthorsIsATestOfTheSamples() throws IOException {
    assertThat(page("docs/testing.md"))
        .contains("```java\n" + testClass("QuickStartTest").strip() + "\n```\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ru.md"})
  void theFirstTestThatAReaderSeesIsATestOfTheSamples(String readme) throws IOException {
    var shown = between(page(readme), "```java\n", "```");

    assertThat(words(shown)).isEqualTo(words(testClass("FirstTest")));
  }

  @Test
  void theVersionsThatAProjectHasToAgreeOnAreOurs() throws IOException {
    assertThat(page("docs/testing.md"))
        .contains(
            bom("grpc-bom", property("grpc.version")),
            bom("protobuf-bom", property("protobuf.version")))
        .contains("<artifactId>datasphere-emulator-junit</artifactId>\n  <version>"
            + between(page("pom.xml"), "<version>", "</version>") + "</version>");
  }

  private static String testClass(String name) throws IOException {
    var source = page("samples/src/test/java/io/github/datasphere/samples/" + name + ".java");
    return source.substring(source.indexOf("@DataSphereEmulator"));
  }

  /** README has wider lines than sources may have. */
  private static String words(String java) {
    return java.replaceAll("\\s+", "");
  }

  private static String bom(String artifact, String version) {
    return "<artifactId>" + artifact + "</artifactId><version>" + version + "</version>";
  }

  private static String property(String name) throws IOException {
    return between(page("pom.xml"), "<" + name + ">", "</" + name + ">");
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before) + before.length();
    return text.substring(start, text.indexOf(after, start));
  }

  private static String page(String name) throws IOException {
    return Files.readString(ROOT.resolve(name));
  }
}
