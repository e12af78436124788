package io.github.datasphere.emulator.files.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that is storing files, and looks at what it left. */
class LocalFileStoreCrashTest {
  @TempDir
  private Path root;

  @RepeatedTest(3)
  void aProcessKilledInTheMiddleOfAFileLeavesWholeFilesOnly() throws Exception {
    var done = storedUntilKilled("middle", lines -> {
      for (int half = 0; half < 7; ) {
        half += lines.next().equals(StoreUntilKilled.HALF) ? 1 : 0;
      }
    });

    assertThat(done).hasSizeGreaterThanOrEqualTo(4);
    assertWholeWith(done);
  }

  @RepeatedTest(3)
  void whatWasStoredWhenTheProcessWasKilledIsThere() throws Exception {
    var done = storedUntilKilled("stored", lines -> {
      while (lines.next().equals(StoreUntilKilled.HALF)) {}
    });

    assertThat(done).isNotEmpty();
    assertWholeWith(done);
  }

  private void assertWholeWith(Set<String> done) throws IOException {
    try (var store = new LocalFileStore(
            root, new UrlSigner(UrlSigner.newKey()), () -> URI.create("http://localhost"));
        var keys = store.list()) {
      var found = keys.toList();

      assertThat(found.stream().map(FileKey::sha256)).containsAll(done);
      for (var key : found) {
        try (var content = store.open(key, 0)) {
          assertThat(Contents.sha256(content.readAllBytes())).isEqualTo(key.sha256());
        }
      }
      assertThat(filesOnDisk()).hasSameSizeAs(found);
    }
  }

  /** Kills as soon as {@code moment} has seen enough, and returns what the process had stored. */
  private Set<String> storedUntilKilled(String name, Consumer<Iterator<String>> moment)
      throws Exception {
    var options = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    var command = ChildJvm.command(options, StoreUntilKilled.class);
    command.addAll(List.of(root.toString(), name));
    var process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    var done = new HashSet<String>();
    try (var reader = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var lines = reader
          .lines()
          .peek(line -> {
            // The kill may cut the last one
            if (line.length() == 64) {
              done.add(line);
            }
          })
          .iterator();
      moment.accept(lines);
      // Not through Process itself: that would close the stream of what was printed
      process.toHandle().destroyForcibly();
      process.waitFor();
      lines.forEachRemaining(line -> {});
    } finally {
      process.destroyForcibly();
    }
    return done;
  }

  private List<Path> filesOnDisk() throws IOException {
    try (var paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}
