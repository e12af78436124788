package io.github.datasphere.emulator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Everything that names a version of ours names one and the same: `packaging/release --set` writes
 * them all.
 */
class VersionTest {
  private static final Pattern OURS =
      Pattern.compile("<artifactId>datasphere-emulator[a-z-]*</artifactId>\\s*<version>([^<$]+)<"
          + "|io\\.github\\.datasphere:datasphere-emulator[a-z-]*:([\\w.-]+)");
  private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");

  @Test
  void allPomsAndDocumentsNameOneVersion() throws IOException {
    var named = new TreeMap<String, List<String>>();
    for (var file : poms()) {
      assertThat(versions(file)).as("versions in %s", file).isNotEmpty();
      versions(file).forEach(version -> note(named, version, file));
    }
    for (var page : Page.all()) {
      versions(page.path()).forEach(version -> note(named, version, page.path()));
    }

    assertThat(named).hasSize(1);
    assertThat(named.firstEntry().getValue()).anyMatch(file -> file.endsWith("installation.md"));
  }

  private static void note(TreeMap<String, List<String>> named, String version, Path file) {
    named
        .computeIfAbsent(version, v -> new ArrayList<>())
        .add(Page.ROOT.relativize(file).toString());
  }

  private static List<Path> poms() throws IOException {
    var poms = new ArrayList<>(List.of(Page.ROOT.resolve("pom.xml")));
    MODULE
        .matcher(Files.readString(poms.get(0)))
        .results()
        .forEach(found -> poms.add(Page.ROOT.resolve(found.group(1)).resolve("pom.xml")));
    return poms;
  }

  private static List<String> versions(Path file) throws IOException {
    return OURS.matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .toList();
  }
}
