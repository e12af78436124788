package io.github.datasphere.emulator.base;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** Looks for programs as a shell does, in the folders of the variable {@code PATH}. */
public final class SearchPath {
  private SearchPath() {}

  /**
   * Returns the executable files of these names, in the order of the folders. The working directory
   * is none of them, though an empty entry of the variable means it to a shell.
   *
   * @param environment variables, of which {@code PATH} counts
   */
  public static Stream<Path> find(Map<String, String> environment, String... names) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> Arrays.stream(names).flatMap(name -> file(folder, name)))
        .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file));
  }

  private static Stream<Path> file(String folder, String name) {
    try {
      return Stream.of(Utf8Paths.resolve(Utf8Paths.of(folder), name));
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }
}
