package io.github.datasphere.emulator.cli.doctor;

import io.github.datasphere.emulator.Executables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A folder of programs that say what a test wants, as the only one on the {@code PATH}. */
record ToolFolder(Path folder) {

  ToolFolder with(String name, String script) throws IOException {
    Executables.write(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    return this;
  }

  ProgramSearch programs() {
    return new ProgramSearch(Map.of("PATH", "/nowhere:" + folder));
  }
}
