package io.github.datasphere.emulator.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown document of the repository. */
record Page(Path path, String text) {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^]\n]*]\\(([^)\\s]+)\\)");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");

  static Page of(String name) throws IOException {
    var path = ROOT.resolve(name);
    return new Page(path, Files.readString(path));
  }

  static List<Page> all() throws IOException {
    var pages = new ArrayList<Page>();
    for (var folder : List.of("", "docs", "samples")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        for (var file : (Iterable<Path>) files.sorted()::iterator) {
          if (file.toString().endsWith(".md")) {
            pages.add(new Page(file, Files.readString(file)));
          }
        }
      }
    }
    return pages;
  }

  /** Targets of its links, as they stand there; text that is code has none. */
  List<String> links() {
    return LINK.matcher(CODE.matcher(text).replaceAll("code"))
        .results()
        .map(link -> link.group(1))
        .toList();
  }

  /** What a link to it may have behind "#": explicit anchors, and headings as GitHub makes them. */
  Set<String> anchors() {
    var anchors = new HashSet<String>();
    ANCHOR.matcher(text).results().forEach(anchor -> anchors.add(anchor.group(1)));
    text.lines()
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .forEach(anchors::add);
    return anchors;
  }

  @Override
  public String toString() {
    return ROOT.relativize(path).toString();
  }
}
