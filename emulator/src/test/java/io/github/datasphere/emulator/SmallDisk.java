package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** File systems of a few megabytes, to be filled. A test that may not mount them is skipped. */
public final class SmallDisk {
  private SmallDisk() {}

  /** Mounts a disk of this size, as mount writes it, at a new folder. */
  public static Path mount(Path folder, String size) throws Exception {
    Files.createDirectory(folder);
    int code = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    var required = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    assumeTrue(
        code == 0 || List.of(required.split(",")).contains("mount"),
        "this user may not mount a file system; root on Linux may");
    assertThat(code).as("exit code of mount").isZero();
    return folder;
  }

  /** Removes the disk, also while something still uses it; does nothing if there is none. */
  public static void unmount(@Nullable Path folder) throws Exception {
    if (folder != null) {
      run("umount", "-l", folder.toString());
    }
  }

  /** Makes a file that takes all room that is left. */
  public static void fill(Path file) throws Exception {
    run("dd", "if=/dev/zero", "of=" + file, "bs=4096");
  }

  /** Runs a command in silence; returns its exit code, -1 if there is no such command. */
  public static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
