package io.github.datasphere.emulator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the pages for engineers call a class, a method or a package is one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesTest {
  private static final Path MAIN =
      Page.ROOT.resolve("emulator/src/main/java/io/github/datasphere/emulator");
  private static final List<String> PAGES =
      List.of("docs/architecture.md", "docs/decisions.md", "CONTRIBUTING.md");

  /** Names of several words in code; one word alone may be anything. */
  private static final Pattern NAME =
      Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:[.#]\\w+)?(?:\\([^`]*\\))?`");

  private static final Pattern METHOD =
      Pattern.compile("`([A-Z]\\w+)\\.((?!md`)[a-z]\\w+)(?:\\([^`]*\\))?`");
  private static final Pattern PARTICIPANT = Pattern.compile("participant (\\w+) as (\\w+)");
  private static final Pattern MESSAGE = Pattern.compile("\\w+->>(\\w+): ([a-z]\\w*)");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w+)");
  private static final Pattern IMPORTED = Pattern.compile("(?m)^import [\\w.]+\\.([A-Z]\\w+);");
  private static final Pattern PACKAGE = Pattern.compile("\\b[a-z]+(?:\\.[a-z0-9]+)+\\b");

  /** Where each type is declared, by its simple name. */
  private final Map<String, Path> types = new HashMap<>();

  /** What sources of ours use of libraries, and of each other. */
  private final Set<String> imported = new HashSet<>();

  @BeforeAll
  void findTypes() throws IOException {
    for (var module : List.of("proto", "junit-extension", "samples", "emulator")) {
      try (Stream<Path> files = Files.walk(Page.ROOT.resolve(module).resolve("src"))) {
        for (var file : (Iterable<Path>) files.filter(NamesTest::isJava)::iterator) {
          var text = Files.readString(file);
          IMPORTED.matcher(text).results().forEach(type -> imported.add(type.group(1)));
          DECLARED.matcher(text).results().forEach(type -> types.put(type.group(1), file));
        }
      }
    }
  }

  @Test
  void classesThatThePagesNameAreThere() throws IOException {
    var missing = new TreeSet<String>();
    for (var page : PAGES) {
      NAME.matcher(Page.of(page).text())
          .results()
          .filter(name -> !types.containsKey(name.group(1)) && !imported.contains(name.group(1)))
          .forEach(name -> missing.add(page + ": " + name.group(1)));
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void methodsThatThePagesNameAreThere() throws IOException {
    var missing = new TreeSet<String>();
    for (var page : PAGES) {
      for (var method : METHOD.matcher(Page.of(page).text()).results().toList()) {
        if (!hasMethod(method.group(1), method.group(2))) {
          missing.add(page + ": " + method.group(1) + '.' + method.group(2));
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  /** A message to a class is a method of it. */
  @Test
  void thePathOfARequestIsDrawnByClassesAndTheirMethods() throws IOException {
    var text = Page.of("docs/architecture.md").text();
    var path =
        text.substring(text.indexOf("## The path of a request"), text.indexOf("## Life of a run"));
    var classes = new HashMap<String, String>();
    PARTICIPANT.matcher(path).results().forEach(p -> classes.put(p.group(1), p.group(2)));
    var wrong = new ArrayList<String>();
    for (var message : MESSAGE.matcher(path).results().toList()) {
      var receiver = classes.getOrDefault(message.group(1), message.group(1));
      if (!hasMethod(receiver, message.group(2))) {
        wrong.add(receiver + '.' + message.group(2));
      }
    }

    assertThat(classes).isNotEmpty();
    assertThat(types).containsKeys(classes.values().toArray(String[]::new));
    assertThat(wrong).isEmpty();
  }

  @Test
  void packagesOfTheMapAndTheDiagramAreThere() throws IOException {
    var named = new TreeSet<>(packagesOfTheMap());
    var text = Page.of("docs/architecture.md").text();
    PACKAGE
        .matcher(text.substring(text.indexOf("## Modules"), text.indexOf("## States")))
        .results()
        .map(found -> found.group())
        .filter(name -> !name.endsWith(".md"))
        .forEach(named::add);

    assertThat(named)
        .allSatisfy(name -> assertThat(MAIN.resolve(name.replace('.', '/'))).isDirectory());
  }

  @Test
  void everyPackageBelongsToOneOfTheMap() throws IOException {
    var map = packagesOfTheMap();
    try (Stream<Path> files = Files.walk(MAIN)) {
      assertThat(files
              .filter(file -> file.endsWith("package-info.java"))
              .map(file -> MAIN.relativize(file.getParent()).toString().replace('/', '.'))
              .filter(name -> !name.isEmpty()))
          .allSatisfy(name -> assertThat(map).anyMatch(part -> isPartOf(name, part)));
    }
  }

  private static boolean isPartOf(String name, String part) {
    return name.equals(part) || name.startsWith(part + '.');
  }

  /** In the first cells of its table, where {@code .h2} goes on with the name before. */
  private static List<String> packagesOfTheMap() throws IOException {
    var text = Page.of("CONTRIBUTING.md").text();
    var map = text.substring(text.indexOf("## The map"), text.indexOf("## Rules"));
    var names = new ArrayList<String>();
    map.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
      var whole = "";
      for (var found : Pattern.compile("`([a-z0-9.]+)`")
          .matcher(line.split("\\|")[1])
          .results()
          .toList()) {
        var name = found.group(1);
        whole = name.startsWith(".") ? whole : name;
        names.add(name.startsWith(".") ? whole + name : name);
      }
    });
    return names;
  }

  private boolean hasMethod(String type, String method) {
    var file = types.get(type);
    if (file == null || !file.startsWith(MAIN)) {
      return false;
    }
    var path = MAIN.relativize(file).toString().replace('/', '.');
    var name = "io.github.datasphere.emulator." + path.substring(0, path.length() - 5);
    try {
      return Arrays.stream(Class.forName(name).getDeclaredMethods())
          .anyMatch(declared -> declared.getName().equals(method));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isJava(Path file) {
    return file.toString().endsWith(".java");
  }
}
