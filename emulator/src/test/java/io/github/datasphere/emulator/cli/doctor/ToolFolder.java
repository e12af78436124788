package io.github.datasphere.emulator.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A folder of programs that say what a test wants, as the only one on the {@code PATH}. */
record ToolFolder(Path folder) {

  ToolFolder with(String name, String script) throws IOException {
    var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  ProgramSearch programs() {
    return new ProgramSearch(Map.of("PATH", "/nowhere:" + folder));
  }
}
