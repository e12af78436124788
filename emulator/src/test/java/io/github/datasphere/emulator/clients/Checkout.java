package io.github.datasphere.emulator.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What users have before them: the launcher, the samples, and the recipes of the documents. */
final class Checkout {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  static final Path LAUNCHER_FOLDER = ROOT.resolve("emulator/bin");

  private Checkout() {}

  /** Copies a sample. */
  static void sample(String name, Path to) throws IOException {
    var from = ROOT.resolve("samples").resolve(name);
    try (var files = Files.walk(from)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  /** The block of the page on the official client that its comment gives this name. */
  static String recipe(String name) throws IOException {
    return recipe("docs/official-client.md", name);
  }

  /** The block of this page that its comment gives this name. */
  static String recipe(String page, String name) throws IOException {
    var marked = Pattern.compile(
        "<!-- recipe " + Pattern.quote(name) + " -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL);
    var found = marked.matcher(Files.readString(ROOT.resolve(page)));
    if (!found.find()) {
      throw new AssertionError(page + " has no recipe " + name);
    }
    return found.group(1);
  }
}
