package io.github.datasphere.emulator.runner.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which process it is, also after its number went to another one.
 *
 * @param start tells processes of one number apart: boot and clock tick of the start where there is
 *     a {@code /proc}, since wall clock times of a start move with the clock
 */
record ProcessIdentity(long pid, String start) {
  private static final int START_TIME = 19; // of the fields after the name, proc(5)
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  static ProcessIdentity of(long pid) {
    return new ProcessIdentity(pid, startOf(pid));
  }

  boolean isAlive() {
    return !start.isEmpty() && start.equals(startOf(pid));
  }

  /** Empty if there is no such process, or only its dead body. */
  private static String startOf(long pid) {
    var stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      if (!Files.exists(BOOT)) {
        return ProcessHandle.of(pid)
            .flatMap(process -> process.info().startInstant())
            .map(Object::toString)
            .orElse("");
      }
      var text = Files.readString(stat, java.nio.charset.StandardCharsets.ISO_8859_1);
      var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      return fields[0].equals("Z") ? "" : Files.readString(BOOT).strip() + "/" + fields[START_TIME];
    } catch (IOException e) {
      return "";
    }
  }
}
