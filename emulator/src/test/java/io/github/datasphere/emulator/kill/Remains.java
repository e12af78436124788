package io.github.datasphere.emulator.kill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What should not be there when the server has ended and no job runs. */
final class Remains {
  private static final String JOB = "DATASPHERE_EMULATOR_JOB=";

  private Remains() {}

  /** Processes of these jobs. */
  static List<String> processes(Set<String> jobs) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("\\d+"))
          .filter(entry -> isOf(entry, jobs))
          .map(entry -> "process " + entry.getFileName() + " is left")
          .toList();
    }
  }

  private static boolean isOf(Path process, Set<String> jobs) {
    try {
      var environment = new String(Files.readAllBytes(process.resolve("environ")), ISO_8859_1);
      return Stream.of(environment.split("\0"))
          .filter(variable -> variable.startsWith(JOB))
          .anyMatch(variable -> jobs.contains(variable.substring(JOB.length())));
    } catch (IOException e) {
      return false;
    }
  }

  /** Half-written files, folders of jobs that ended, logs of jobs that have none. */
  static List<String> files(Path dataDir, Set<String> logs) throws IOException {
    try (Stream<Path> all = Files.walk(dataDir)) {
      return all.filter(Files::isRegularFile)
          .map(dataDir::relativize)
          .filter(file -> isLeft(file, logs))
          .map(file -> "file " + file + " is left")
          .toList();
    }
  }

  private static boolean isLeft(Path file, Set<String> logs) {
    var path = file.toString();
    var name = file.getFileName().toString();
    if (path.startsWith("logs")) {
      return logs.stream().noneMatch(name::contains);
    }
    return name.endsWith(".tmp")
        || name.startsWith("new-")
        || path.startsWith("jobs")
        || path.startsWith(Path.of("files", "staging").toString());
  }
}
