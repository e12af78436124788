package io.github.datasphere.emulator.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a server takes.
 *
 * @param heapKilobytes that is used after a collection
 * @param temporaryFiles below the server's folder for them
 * @param containers of its jobs
 */
record ServerFigures(
    long heapKilobytes,
    long residentKilobytes,
    long threads,
    long descriptors,
    long temporaryFiles,
    long containers) {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /** Of a server that is idle. */
  static ServerFigures of(long pid, Path temporary, long containers)
      throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    long heap = USED.matcher(jcmd(pid, "GC.heap_info"))
        .results()
        .mapToLong(match -> Long.parseLong(match.group(1)))
        .limit(2) // both generations of the heap; then comes the metaspace
        .sum();
    return new ServerFigures(
        heap,
        status(pid, "VmRSS"),
        status(pid, "Threads"),
        countDescriptors(pid),
        countFiles(temporary),
        containers);
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    var program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process = new ProcessBuilder(program, Long.toString(pid), command)
        .redirectErrorStream(true)
        .start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  private static long status(long pid, String name) throws IOException {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }

  private static long countDescriptors(long pid) throws IOException {
    try (var all = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return all.count();
    }
  }

  private static long countFiles(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.count() - 1;
    }
  }
}
