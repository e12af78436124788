package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of what the executable jar is made of, which image, wheel and release carry. */
class PartsListIT {
  private static final Path JAR = Launched.MODULE.resolve("target/datasphere-emulator.jar");
  private static final Path LIST = Launched.MODULE.resolve("target/sbom.json");

  private final Set<String> listed = new TreeSet<>();

  @BeforeEach
  void readTheList() throws IOException {
    assumeTrue(
        Files.exists(JAR) && Files.exists(LIST),
        "jar and list are not built: ./mvnw package makes them");
    var root = JsonParser.parseString(Files.readString(LIST)).getAsJsonObject();
    for (var each : root.getAsJsonArray("components")) {
      var part = each.getAsJsonObject();
      assertThat(part.get("purl").getAsString()).startsWith("pkg:maven/");
      listed.add(part.get("name").getAsString() + "-" + part.get("version").getAsString());
    }
  }

  @Test
  void allLibrariesInsideAreListed() throws IOException {
    var inside = new TreeSet<String>();
    try (var program = new JarFile(JAR.toFile())) {
      for (var library : libraries()) {
        try (var jar = new JarFile(library)) {
          var first = jar.stream().filter(PartsListIT::isClass).findFirst();
          if (first.isPresent() && program.getEntry(first.get().getName()) != null) {
            inside.add(withoutVersion(name(library)));
          }
        }
      }
    }

    // By name alone: tests have other versions of some
    assertThat(inside).hasSizeGreaterThan(30);
    assertThat(withoutVersions(listed)).containsAll(inside);
  }

  @Test
  void nothingElseIsListed() {
    var known = libraries().stream().map(PartsListIT::name).collect(Collectors.toSet());
    // The module of this build comes as a folder, or as a jar of its own
    listed.removeIf(name -> name.startsWith("datasphere-emulator-proto-"));
    assertThat(withoutVersions(known)).containsAll(withoutVersions(listed));
  }

  /** The jars of the class path that are not of this build. */
  private static Set<String> libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.endsWith(".jar") && !name(path).startsWith("datasphere-emulator"))
        .collect(Collectors.toSet());
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
  }

  private static String name(String path) {
    return Path.of(path).getFileName().toString().replaceFirst("\\.jar$", "");
  }

  private static Set<String> withoutVersions(Set<String> names) {
    return names.stream()
        .map(PartsListIT::withoutVersion)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String withoutVersion(String name) {
    return name.replaceFirst("-\\d.*", "");
  }
}
