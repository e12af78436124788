package io.github.datasphere.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How docs/sdks.md tells a user to run a program of {@code samples/clients}.
 *
 * @param text the whole paragraph
 * @param preparation lines marked with "# once"
 * @param runs the other lines, block by block: the ways to run it
 * @param changes lines of the program, in its own language, for those who may change it
 */
record Recipe(String text, List<String> preparation, List<String> runs, List<String> changes) {
  static final Path PAGE = Path.of("../docs/sdks.md");
  private static final String CODE = "    ";
  private static final String FENCE = "```";

  /** The one whose heading links to this folder of {@code samples/clients}. */
  static Recipe of(String client) throws IOException {
    var text = new StringBuilder();
    var preparation = new ArrayList<String>();
    var runs = new ArrayList<String>();
    var changes = new ArrayList<String>();
    var block = new StringBuilder();
    var fenced = false;
    for (var line : paragraph(client)) {
      text.append(line).append('\n');
      if (line.startsWith(FENCE)) {
        fenced = !fenced;
      } else if (fenced) {
        changes.add(line);
      } else if (line.startsWith(CODE) && line.endsWith("# once")) {
        preparation.add(line.strip());
      } else if (line.startsWith(CODE)) {
        block.append(line.substring(CODE.length())).append('\n');
      } else if (!block.isEmpty()) {
        runs.add(block.toString());
        block.setLength(0);
      }
    }
    return new Recipe(text.toString(), preparation, runs, changes);
  }

  /** What the page says that this client prints if it does not trust the emulator. */
  static String messageOf(String client) throws IOException {
    var row = "| " + client + " | `";
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith(row))
        .map(line -> line.substring(row.length(), line.lastIndexOf('`')))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> paragraph(String client) throws IOException {
    var lines = Files.readAllLines(PAGE);
    var found = new ArrayList<String>();
    for (var line : lines) {
      if (line.startsWith("**") || line.startsWith("## ")) {
        if (!found.isEmpty()) {
          break;
        }
        if (!line.contains("(../samples/clients/" + client + "/")) {
          continue;
        }
        found.add(line);
      } else if (!found.isEmpty()) {
        found.add(line);
      }
    }
    if (found.isEmpty()) {
      throw new AssertionError(
          "docs/sdks.md has no recipe that links to samples/clients/" + client);
    }
    return found;
  }
}
