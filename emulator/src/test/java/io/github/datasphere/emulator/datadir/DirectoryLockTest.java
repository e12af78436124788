package io.github.datasphere.emulator.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir
  Path directory;

  @Test
  void secondEmulatorOfThisProcessIsRefusedAndTheFirstKeepsTheLock() throws Exception {
    try (var lock = DirectoryLock.acquire(directory)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> DirectoryLock.acquire(directory))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      }
      var other = holder();
      try (var output = other.inputReader()) {
        assertThat(output.readLine())
            .contains("process " + ProcessHandle.current().pid());
      }
      assertThat(lock).isNotNull();
    }
    DirectoryLock.acquire(directory).close();
  }

  @Test
  void secondProcessIsToldWhoHoldsTheDirectoryUntilThatIsKilled() throws Exception {
    var holder = holder();
    try (var output = holder.inputReader()) {
      assertThat(output.readLine()).isEqualTo("locked");
      assertThatThrownBy(() -> DirectoryLock.acquire(directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(directory + " is in use by process " + holder.pid())
          .hasMessageContaining("--data-dir");
    } finally {
      holder.toHandle().destroyForcibly();
      holder.waitFor();
    }
    DirectoryLock.acquire(directory).close();
  }

  private Process holder() throws IOException {
    return ChildJvm.start(Holder.class, List.of(directory.toString()), DirectoryLock.class);
  }

  /** Another process that holds the directory, or says why not. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (var lock = DirectoryLock.acquire(Path.of(args[0]))) {
        System.out.println(lock == null ? "" : "locked");
        System.in.read();
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
