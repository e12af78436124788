package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's tests need none of the libraries that only the server or the assertions use. */
class OptionalJarsIT {
  private static final List<String> OF_THE_SERVER = List.of(
      "h2-",
      "jdbi3-",
      "minio-",
      "okhttp",
      "docker-java-",
      "picocli-",
      "bcpkix-",
      "bcprov-",
      "bcutil-",
      "slf4j-simple-");

  private static final List<String> OF_ASSERTIONS = List.of("assertj-", "byte-buddy-");

  @TempDir
  Path folder;

  @Test
  void eachWayInStartsWithTheDependenciesOfTheReadmeAlone() throws Exception {
    OtherPlatform.passesForUsers("6.0.1", "WaysInTest", folder);
  }

  @Test
  void whatNeedsMoreNamesTheDependencyToAdd() throws Exception {
    OtherPlatform.passesForUsers("6.0.1", "WithoutOptionalJars", folder);
  }

  @Test
  void theTestsPassWithoutThoseOfTheServer() throws Exception {
    OtherPlatform.passes("1.10.5", "InjectionTest|StrictModeTest", OF_THE_SERVER, folder);
  }

  @Test
  void thoseThatUseNoAssertionsPassWithoutAssertJToo() throws Exception {
    var none = Stream.concat(OF_THE_SERVER.stream(), OF_ASSERTIONS.stream()).toList();
    OtherPlatform.passes("6.0.1", "PlainTest", none, folder);
  }

  /** Starting the logging takes longer than a test, and warns of what is missing without need. */
  @Test
  void aTestWithNothingToLogStartsNoLogging() throws Exception {
    var printed = OtherPlatform.passes("6.0.1", "PlainTest", List.of("slf4j-simple-"), folder);
    assertThat(printed).doesNotContainIgnoringCase("slf4j");
  }
}
