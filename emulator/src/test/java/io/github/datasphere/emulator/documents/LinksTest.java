package io.github.datasphere.emulator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reference of a document or of a comment leads somewhere. */
class LinksTest {
  private static final Pattern FACT =
      Pattern.compile("service-behaviour(?: section)?,? (\\d+(?:\\.\\d+)?)");
  private static final Pattern EVIDENCE = Pattern.compile("\\bat = \"(\\d+\\.\\d+)\"");
  private static final Pattern OUTSIDE = Pattern.compile("design section \\d|design\\.md");
  private static final Pattern DOCUMENT = Pattern.compile("\\bdocs/([a-z-]+\\.md)");

  @Test
  void linksOfDocumentsLeadToFilesAndAnchors() throws IOException {
    var broken = new ArrayList<String>();
    for (var page : Page.all()) {
      for (var link : page.links()) {
        if (!link.matches("[a-z]+:.*") && !leads(page, link)) {
          broken.add(page + ": " + link);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void numberedFactsThatCommentsAndTestsCiteAreInTheDocument() throws IOException {
    var facts = Page.of("docs/service-behaviour.md").anchors();
    var broken = new ArrayList<String>();
    for (var source : sources()) {
      var text = Files.readString(source).replaceAll("\\s*\n\\s*(\\*|//|#)? *", " ");
      Stream.of(FACT, EVIDENCE)
          .flatMap(pattern -> pattern.matcher(text).results())
          .map(cited -> cited.group(1))
          .filter(number -> !facts.contains(number))
          .forEach(number -> broken.add(Page.ROOT.relativize(source) + ": " + number));
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void documentsThatSourcesNameAreInTheRepository() throws IOException {
    var broken = new ArrayList<String>();
    for (var source : sources()) {
      var text = Files.readString(source);
      OUTSIDE
          .matcher(text)
          .results()
          .forEach(found -> broken.add(Page.ROOT.relativize(source) + ": " + found.group()));
      DOCUMENT
          .matcher(text)
          .results()
          .filter(found -> !Files.exists(Page.ROOT.resolve("docs").resolve(found.group(1))))
          .forEach(found -> broken.add(Page.ROOT.relativize(source) + ": " + found.group()));
    }

    assertThat(broken).isEmpty();
  }

  private static boolean leads(Page page, String link) throws IOException {
    var parts = link.split("#", 2);
    var target =
        parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
    if (parts.length == 1 || !Files.isRegularFile(target)) {
      return Files.exists(target);
    }
    return new Page(target, Files.readString(target)).anchors().contains(parts[1]);
  }

  /** All sources but this one, whose patterns would find themselves. */
  private static List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    for (var module : List.of("proto", "emulator", "junit-extension", "samples")) {
      try (Stream<Path> files = Files.walk(Page.ROOT.resolve(module).resolve("src"))) {
        files
            .filter(file -> file.toString().matches(".*\\.(java|proto|sh|sql)"))
            .filter(file -> !file.endsWith("LinksTest.java"))
            .forEach(sources::add);
      }
    }
    return sources;
  }
}
