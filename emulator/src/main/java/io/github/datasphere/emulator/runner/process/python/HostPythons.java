package io.github.datasphere.emulator.runner.process.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.base.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the Pythons of this machine. */
public final class HostPythons {
  private static final Pattern ANSWER = Pattern.compile("(?s)(\\d+) (\\d+) (/[^\n]+)\n.*");
  private static final String QUESTION =
      "import sys; print(*sys.version_info[:2], getattr(sys, '_base_executable', sys.executable))";
  private static final long PATIENCE_SECONDS = 20;
  private static final int OLDEST_MINOR = 6;
  private static final int NEWEST_MINOR = 20;

  private final Map<String, String> machine;

  public HostPythons(Map<String, String> machine) {
    this.machine = machine;
  }

  /**
   * Returns the Python of this version, or else of the nearest one; empty if there is no Python.
   *
   * @param version such as {@code 3.10}; empty if any will do
   */
  public Optional<HostPython> find(String version) {
    var exact = version.isEmpty() ? first(Stream.of("python3")) : first(version);
    if (exact.isPresent()) {
      return exact;
    }
    var wanted = minorOf(version);
    return all().stream()
        .min(Comparator.comparingInt((HostPython python) -> Math.abs(python.minor() - wanted))
            .thenComparing(Comparator.comparingInt(HostPython::minor).reversed()));
  }

  private Optional<HostPython> first(String version) {
    return candidates("python" + version, version)
        .flatMap(path -> ask(path).stream())
        .filter(python -> python.version().equals(version))
        .findFirst();
  }

  private Optional<HostPython> first(Stream<String> names) {
    return names
        .flatMap(name -> candidates(name, ""))
        .flatMap(path -> ask(path).stream())
        .findFirst();
  }

  private List<HostPython> all() {
    var versions =
        IntStream.rangeClosed(OLDEST_MINOR, NEWEST_MINOR).mapToObj(minor -> "3." + minor);
    return Stream.concat(
            versions.flatMap(version -> candidates("python" + version, version)),
            candidates("python3", ""))
        .flatMap(path -> ask(path).stream())
        .toList();
  }

  /**
   * Looks in the path, and then in the versions of pyenv: its wrappers in the path refuse a version
   * that is not selected.
   */
  private Stream<Path> candidates(String name, String version) {
    var found = new ArrayList<>(SearchPath.find(machine, name).toList());
    if (!version.isEmpty()) {
      var home = Path.of(machine.getOrDefault("HOME", "/"));
      found.addAll(below(home.resolve(".pyenv/versions"), version + ".*", name));
      found.addAll(
          below(home.resolve(".local/share/uv/python"), "cpython-" + version + ".*", name));
    }
    return found.stream().filter(Files::isExecutable);
  }

  private static List<Path> below(Path folder, String pattern, String name) {
    var found = new ArrayList<Path>();
    if (Files.isDirectory(folder)) {
      try (var versions = Files.newDirectoryStream(folder, pattern)) {
        versions.forEach(version -> found.add(version.resolve("bin").resolve(name)));
      } catch (IOException e) {
        return List.of();
      }
    }
    return found;
  }

  /** Runs the program to see whether it is a Python that works. */
  private Optional<HostPython> ask(Path path) {
    try {
      var builder = new ProcessBuilder(path.toString(), "-c", QUESTION);
      builder.environment().clear();
      builder.environment().putAll(machine);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      var process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      var answer = ANSWER.matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
      return answer.matches()
          ? Optional.of(new HostPython(
              answer.group(3),
              Integer.parseInt(answer.group(1)),
              Integer.parseInt(answer.group(2))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static int minorOf(String version) {
    return version.matches("3\\.\\d{1,3}") ? Integer.parseInt(version.substring(2)) : NEWEST_MINOR;
  }
}
