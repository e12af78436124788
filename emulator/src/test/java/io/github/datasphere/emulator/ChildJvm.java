package io.github.datasphere.emulator;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Another JVM that runs a program of the tests, to be killed. */
public final class ChildJvm {
  private static final String PACKAGES = File.separator + Path.of("io", "github", "datasphere");

  private ChildJvm() {}

  /**
   * Starts {@code main} on a class path of where it and {@code needed} come from; what it prints on
   * stderr appears with the output of this JVM.
   *
   * @param needed classes, and URLs of resources of {@code main}'s package tree
   */
  public static Process start(Class<?> main, List<String> arguments, Object... needed)
      throws IOException {
    return start(List.of(), main, arguments, needed);
  }

  /** The same below a command that becomes another program. */
  public static Process start(
      List<String> launcher, Class<?> main, List<String> arguments, Object... needed)
      throws IOException {
    var command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.add("-cp");
    command.add(Stream.concat(Stream.of(main), Stream.of(needed))
        .map(ChildJvm::origin)
        .distinct()
        .collect(joining(File.pathSeparator)));
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /**
   * The command that runs {@code main} on the class path of this JVM, with its folder for temporary
   * files.
   */
  public static List<String> command(List<String> options, Class<?> main) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    return command;
  }

  /**
   * The same for a Java that reads English letters alone: what of the class path lies below another
   * name is copied into this folder.
   */
  public static List<String> commandForAnyLocale(List<String> options, Class<?> main, Path folder)
      throws IOException {
    var command = command(options, main);
    var readable = new ArrayList<String>();
    for (var entry : classPath().split(File.pathSeparator)) {
      readable.add(
          entry.chars().allMatch(c -> c < 0x80)
              ? entry
              : copy(Path.of(entry), folder.resolve("class-path-" + readable.size()))
                  .toString());
    }
    command.set(command.size() - 2, String.join(File.pathSeparator, readable));
    return command;
  }

  private static Path copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      return to;
    }
    try (var files = Files.walk(from)) {
      for (var file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  /** Whatever has started the tests. */
  private static String classPath() {
    return ChildJvm.class.getClassLoader() instanceof URLClassLoader loader
        ? Stream.of(loader.getURLs()).map(ChildJvm::path).collect(joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  /** Not its path, which spells a blank as {@code %20}. */
  private static String path(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Kills the child once it has printed so many lines; the last line that it could print. */
  public static String lastLineBeforeKill(Process child, int lines) throws IOException {
    var last = "";
    try (var output = child.inputReader()) {
      int seen = 0;
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        last = line;
        if (++seen == lines) {
          // Process.destroyForcibly would close the stream with what is still in it
          child.toHandle().destroyForcibly();
        }
      }
    }
    return last;
  }

  private static String origin(Object needed) {
    if (needed instanceof URL resource) {
      var file = path(resource);
      return file.substring(0, file.indexOf(PACKAGES));
    }
    return path(((Class<?>) needed).getProtectionDomain().getCodeSource().getLocation());
  }
}
