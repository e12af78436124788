package io.github.datasphere.emulator.files.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that is storing files, and looks at what it left. */
class LocalFileStoreCrashTest {
  @TempDir
  private Path root;

  @RepeatedTest(3)
  void whatWasStoredIsThereAndWhatIsThereIsWhole(RepetitionInfo round) throws Exception {
    var done = storedUntilKilled("round " + round.getCurrentRepetition(), 10);

    try (var store = reopened();
        var keys = store.list()) {
      var found = keys.toList();

      assertThat(found.stream().map(FileKey::sha256)).containsAll(done);
      for (var key : found) {
        assertThat(digest(store, key)).isEqualTo(key.sha256());
      }
      assertThat(root.resolve("staging")).isEmptyDirectory();
    }
  }

  @Test
  void aStoreThatWasKilledSeveralTimesStillTakesFiles() throws Exception {
    var first = storedUntilKilled("first", 1);
    var second = storedUntilKilled("second", 1);

    try (var store = reopened();
        var keys = store.list()) {
      assertThat(keys.map(FileKey::sha256)).containsAll(first).containsAll(second);
    }
  }

  private Set<String> storedUntilKilled(String name, int files) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process = new ProcessBuilder(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath(LocalFileStore.class, StoreUntilKilled.class),
            StoreUntilKilled.class.getName(),
            root.toString(),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    var done = new HashSet<String>();
    try (var lines = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < files; i++) {
        done.add(lines.readLine());
      }
      // Not through Process itself: that would close the stream of what was printed
      process.toHandle().destroyForcibly();
      process.waitFor();
      // A last line may be cut short by the kill, the ones before it were complete
      lines.lines().filter(line -> line.length() == 64).forEach(done::add);
    }
    assertThat(done).doesNotContainNull();
    return done;
  }

  private LocalFileStore reopened() throws IOException {
    return new LocalFileStore(
        root, new UrlSigner(UrlSigner.newKey()), () -> URI.create("http://localhost"));
  }

  private static String digest(LocalFileStore store, FileKey key) throws IOException {
    try (var content = store.open(key, 0)) {
      return Contents.sha256(content.readAllBytes());
    }
  }

  /** The property would only name the test runner's own jar. */
  private static String classPath(Class<?>... classes) {
    return Arrays.stream(classes)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> Path.of(URI.create(location.toString())).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
