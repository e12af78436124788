package io.github.datasphere.samples;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's recipe for the Java SDK, which brings an older gRPC than the emulator's, and so runs
 * in a JVM of its own.
 */
class JavaClientIT {
  @TempDir
  Path folder;

  @BeforeAll
  static void compile() throws Exception {
    ClientFolder.inPlace("java")
        .requiring("java", Recipe.of("java").preparation().get(0));
  }

  @Test
  void runsAJobByFlagsOfItsJvmAlone() throws Exception {
    var client = ClientFolder.copy("java", folder);

    JobByClient.assertRuns(client, Recipe.of("java").runs().get(0), folder);
  }

  @Test
  void runsAJobByAChannelOfItsOwn() throws Exception {
    var client = ClientFolder.copy("java", folder);

    JobByClient.assertRuns(client, Recipe.of("java").runs().get(1), folder);
  }
}
