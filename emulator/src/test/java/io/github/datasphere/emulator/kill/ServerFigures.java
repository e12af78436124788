package io.github.datasphere.emulator.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server takes.
 *
 * @param heapKilobytes that is used after a collection
 * @param temporaryFiles below the server's folder for them
 * @param containers of its jobs
 * @param parts what the heap and the threads are: kilobytes by class, threads by the name that they
 *     have without its number
 */
record ServerFigures(
    long heapKilobytes,
    long residentKilobytes,
    long threads,
    long descriptors,
    long temporaryFiles,
    long containers,
    Map<String, Long> parts) {
  private static final int TOLD_PARTS = 8;
  private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");
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
        containers,
        parts(pid));
  }

  /** What there is more of than there was, the most first: classes, then threads. */
  String more(ServerFigures earlier) {
    return Stream.of(more(earlier, "(kB)"), more(earlier, "(threads)"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private String more(ServerFigures earlier, String unit) {
    return parts.entrySet().stream()
        .filter(part -> part.getKey().endsWith(unit))
        .map(part -> Map.entry(
            part.getKey(), part.getValue() - earlier.parts.getOrDefault(part.getKey(), 0L)))
        .filter(part -> part.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(TOLD_PARTS)
        .map(part -> part.getKey() + " +" + part.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Map<String, Long> parts(long pid) throws IOException, InterruptedException {
    var parts = new HashMap<String, Long>();
    jcmd(pid, "GC.class_histogram")
        .lines()
        .map(CLASS::matcher)
        .filter(line -> line.matches())
        .forEach(line ->
            parts.merge(line.group(2) + " (kB)", Long.parseLong(line.group(1)) >> 10, Long::sum));
    for (var name : threadNames(pid)) {
      parts.merge(name.replaceAll("[0-9]+", "N") + " (threads)", 1L, Long::sum);
    }
    return Map.copyOf(parts);
  }

  /** As far as the system keeps them; a thread that ends meanwhile has none. */
  private static List<String> threadNames(long pid) throws IOException {
    var names = new ArrayList<String>();
    try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (var thread : threads.toList()) {
        try {
          names.add(Files.readString(thread.resolve("comm")).strip());
        } catch (IOException e) {
          names.add("gone");
        }
      }
    }
    return names;
  }

  @Override
  public String toString() {
    return "heap " + heapKilobytes + " kB, resident " + residentKilobytes + " kB, " + threads
        + " threads, " + descriptors + " descriptors, " + temporaryFiles + " temporary files, "
        + containers + " containers";
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
