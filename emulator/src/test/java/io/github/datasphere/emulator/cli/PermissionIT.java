package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and folders of the user that a command may not read are no missing ones. */
@EnabledOnOs(OS.LINUX)
class PermissionIT {
  @TempDir
  Path folder;

  private Path closed;

  @BeforeEach
  void closeAFolder() throws IOException {
    closed = Files.createDirectory(folder.resolve("closed"));
    Files.writeString(closed.resolve("job.yaml"), "cmd: 'true'\n");
    Files.writeString(closed.resolve("input.txt"), "text");
    permit(closed, "---------");
  }

  /** So that it can be deleted. */
  @AfterEach
  void openIt() throws IOException {
    if (closed != null) {
      permit(closed, "rwx------");
    }
  }

  @Test
  void configurationThatNobodyNamedInAWorkingFolderThatMayNotBeEntered() throws Exception {
    assertDenied(Unprivileged.failing(closed, "types"))
        .contains("configuration file " + closed.resolve("datasphere-emulator.yaml"));
  }

  @Test
  void configurationThatNobodyNamedAndThatMayNotBeRead() throws Exception {
    var file = Files.writeString(folder.resolve("datasphere-emulator.yaml"), "runner: process\n");
    permit(file, "---------");

    assertThat(Unprivileged.failing(folder, "types"))
        .contains("cannot read configuration file " + file + ": permission denied", "chmod");
  }

  @ParameterizedTest
  @CsvSource({
    "configuration file, types --config closed/server.yaml",
    "job file, run --log-dir logs closed/job.yaml",
    "running server, env --data-dir closed/data",
    "data directory to check, doctor --data-dir closed/data",
    "data directory to prune, prune --data-dir closed/data",
    "log folder, run --log-dir closed/logs closed/job.yaml",
  })
  void whatMayNotBeReachedIsNamedWithTheFolderThatIsClosed(String what, String command)
      throws Exception {
    assertDenied(Unprivileged.failing(folder, command.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "an input, 'inputs: [closed/input.txt]'",
    "a local module, 'env: {python: {type: manual, version: \"3.11\", local-paths: [closed/input.txt]}}'",
    "requirements, 'env: {python: {type: manual, version: \"3.11\", requirements-file: closed/input.txt}}'",
  })
  void whatAJobFileNames(String what, String section) throws Exception {
    Files.writeString(
        folder.resolve("job.yaml"), "name: j\ncmd: python main.py\n" + section + "\n");
    Files.writeString(folder.resolve("main.py"), "");

    assertDenied(Unprivileged.failing(folder, "run", "--log-dir", "logs", "job.yaml"))
        .contains("job.yaml:3: ");
  }

  @Test
  void fileInsideAnInputFolderIsNamed() throws Exception {
    var file = Files.createDirectories(folder.resolve("data")).resolve("secret");
    Files.writeString(file, "text");
    permit(file, "---------");
    Files.writeString(folder.resolve("job.yaml"), "name: j\ncmd: ls data\ninputs: [data]\n");

    assertThat(Unprivileged.failing(folder, "run", "--log-dir", "logs", "job.yaml"))
        .contains("cannot read data: ", "data/secret", "permission denied", "chmod")
        .doesNotContain("Exception");
  }

  @Test
  void folderThatMayNotBeWrittenToIsNamed() throws Exception {
    var fixed = Files.createDirectory(folder.resolve("fixed"));
    permit(fixed, "r-xr-xr-x");
    Files.writeString(folder.resolve("job.yaml"), "name: j\ncmd: ls\n");

    assertThat(Unprivileged.failing(folder, "run", "--log-dir", "fixed/logs", "job.yaml"))
        .contains("permission denied: this user may not write to the folder " + fixed, "--log-dir")
        .doesNotContain("Exception");
  }

  private org.assertj.core.api.AbstractStringAssert<?> assertDenied(String said) {
    return assertThat(said)
        .contains("permission denied: this user may not enter the folder " + closed, "chmod")
        .doesNotContain("no such", "Exception", "\tat ");
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
