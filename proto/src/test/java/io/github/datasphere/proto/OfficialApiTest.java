package io.github.datasphere.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Our descriptors against those of the official artifact, in both directions. */
class OfficialApiTest {

  @Test
  void everyDescriptorIsTheOfficialOne() {
    var ours = WireForm.of(ApiFiles.closure(ApiFiles.ours()).values());
    var theirs = WireForm.of(ApiFiles.closure(ApiFiles.theirs()).values());

    assertThat(ours.differencesFrom(theirs)).isEmpty();
  }

  @Test
  void everyFileThatOurServicesImportIsCompared() {
    assertThat(ApiFiles.ours())
        .extracting(FileDescriptor::getFullName)
        .containsExactlyInAnyOrderElementsOf(ApiFiles.closure(ApiFiles.ours()).keySet());
  }

  @Test
  void everyFileOfTheApiIsCompared() throws IOException {
    var sources = Path.of("src/main/protobuf").toAbsolutePath();
    try (var files = Files.walk(sources.resolve("yandex"))) {
      assertThat(files
              .filter(Files::isRegularFile)
              .map(file -> sources.relativize(file).toString().replace('\\', '/')))
          .containsExactlyInAnyOrderElementsOf(ApiFiles.closure(ApiFiles.ours()).keySet());
    }
  }
}
