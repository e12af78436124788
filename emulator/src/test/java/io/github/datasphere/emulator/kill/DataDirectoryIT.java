package io.github.datasphere.emulator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.datasphere.emulator.EmulatorException;
import io.github.datasphere.emulator.SmallDisk;
import io.github.datasphere.emulator.Unprivileged;
import io.github.datasphere.proto.jobs.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A data directory that a server may not write; most of it needs the right to mount. */
@EnabledOnOs(OS.LINUX)
class DataDirectoryIT {
  @TempDir
  Path folder;

  private final List<Path> mounted = new ArrayList<>();

  @AfterEach
  void unmount() throws Exception {
    for (var path : mounted) {
      SmallDisk.unmount(path);
    }
  }

  @Test
  void readOnlyMountIsNamedAndServesOnceItIsWritable() throws Exception {
    var disk = mounted(folder.resolve("disk"), "64m");
    var data = DataDirectory.make(disk.resolve("data"));
    assertThat(SmallDisk.run("mount", "-o", "remount,ro", disk.toString())).isZero();

    assertThatThrownBy(data::start)
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("Read-only file system")
        .hasMessageContaining(data.path().toString())
        .hasMessageContaining("--data-dir");

    assertThat(SmallDisk.run("mount", "-o", "remount,rw", disk.toString())).isZero();
    assertSound(data);
  }

  @Test
  void fullDiskIsNamedAndServesOnceThereIsRoom() throws Exception {
    var disk = mounted(folder.resolve("disk"), "4m");
    var data = DataDirectory.make(disk.resolve("data"));
    var filler = disk.resolve("filler");
    SmallDisk.fill(filler);

    for (int start = 0; start < 3; start++) {
      assertThatThrownBy(data::start)
          .isInstanceOf(EmulatorException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("--data-dir");
    }

    Files.delete(filler);
    assertSound(data);
  }

  @Test
  void directoryThatMayNotBeWrittenIsNamedAndLeftAsItIs() throws Exception {
    var data = DataDirectory.make(folder.resolve("data"));
    Files.setPosixFilePermissions(data.path(), PosixFilePermissions.fromString("r-xr-xr-x"));

    // Without the right of root to write where it may not
    var said = Unprivileged.isRoot()
        ? refusedStart(data.path(), "setpriv", "--bounding-set=-dac_override,-dac_read_search")
        : refusedStart(data.path());

    assertThat(said)
        .contains("permission denied for " + data.path())
        .contains("must be this user's")
        .contains("--data-dir");
    Files.setPosixFilePermissions(data.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertSound(data);
  }

  @Test
  void directoryOfAnotherUserIsNamedAndLeftAsItIs() throws Exception {
    assumeTrue(Unprivileged.isRoot(), "only root can be another user, too");
    var data = DataDirectory.make(folder.resolve("data"));

    // As a user who may read all, as the classes are, but write nothing that is not theirs
    var said = refusedStart(
        data.path(),
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        "--inh-caps=+dac_read_search",
        "--ambient-caps=+dac_read_search");

    assertThat(said)
        .contains("permission denied for " + data.path())
        .contains("must be this user's")
        .contains("--data-dir");
    assertSound(data);
  }

  /** What the command says, which something else may start. */
  private String refusedStart(Path directory, String... starter) throws Exception {
    var arguments = new ArrayList<>(
        List.of("start", "--runner", "process", "--data-dir", directory.toString()));
    for (var port : List.of("grpc", "http", "tls", "proxy")) {
      arguments.addAll(List.of("--" + port + "-port", "0"));
    }
    return Unprivileged.failing(List.of(starter), folder, arguments.toArray(String[]::new));
  }

  private static void assertSound(DataDirectory data) throws Exception {
    try (var emulator = data.start();
        var client = new JobClient(emulator.addresses().grpc())) {
      var job = client.get(data.job());
      assertThat(job.getStatus()).isEqualTo(JobStatus.SUCCESS);
      assertThat(client.operation(data.operation()).getDone()).isTrue();
      assertThat(client.stdout(data.job(), text -> {})).isEqualTo("done\n");
      assertThat(client.download(job)).isEqualTo(data.content());
    }
  }

  private Path mounted(Path disk, String size) throws Exception {
    SmallDisk.mount(disk, size);
    mounted.add(disk);
    return disk;
  }
}
