package io.github.datasphere.emulator.architecture;

import static io.github.datasphere.emulator.architecture.EmulatorClasses.BASE;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How many files a package has, what they are called, and that no two need each other. */
class RoomsTest {

  private static final int MOST_FILES = 25;
  private static final int MOST_FILES_OF_THE_ROOT = 8;

  @Test
  void packagesHaveFewFiles() throws IOException {
    var sizes = SourceFile.ofRepository().stream()
        .filter(SourceFile::isMain)
        .collect(groupingBy(file -> file.path().getParent().toString(), TreeMap::new, counting()));
    assertThat(sizes)
        .isNotEmpty()
        .allSatisfy((folder, files) -> assertThat(files)
            .as(folder)
            .isLessThanOrEqualTo(
                folder.endsWith("/emulator") ? MOST_FILES_OF_THE_ROOT : MOST_FILES));
  }

  @Test
  void noNameOfAClassIsThereTwice() throws IOException {
    var folders = SourceFile.ofRepository().stream()
        .filter(SourceFile::isMain)
        .filter(file -> !file.isPackageInfo())
        .collect(groupingBy(
            file -> file.path().getFileName().toString(),
            TreeMap::new,
            mapping(file -> file.path().getParent(), toCollection(TreeSet::new))));
    folders.values().removeIf(places -> places.size() == 1);
    assertThat(folders).as("a search for a name finds one class").isEmpty();
  }

  @Test
  void noTwoFilesNeedEachOther() {
    var circles = new TreeSet<String>();
    for (var circle : circles(uses())) {
      circles.add(String.join(" ", new TreeSet<>(circle)));
    }
    assertThat(circles).as("files that cannot be read one after the other").isEmpty();
  }

  /** Maps each file to those that it uses; a nested class belongs to its file. */
  private static Map<String, Set<String>> uses() {
    var uses = new TreeMap<String, Set<String>>();
    for (var type : EmulatorClasses.MAIN) {
      var used = uses.computeIfAbsent(file(type), unused -> new TreeSet<>());
      for (var dependency : type.getDirectDependenciesFromSelf()) {
        var target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(BASE) && !file(target).equals(file(type))) {
          used.add(file(target));
        }
      }
    }
    return uses;
  }

  private static String file(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "").substring(BASE.length() + 1);
  }

  /** Finds the circles: what is reached from a file and leads back to it. */
  private static List<Set<String>> circles(Map<String, Set<String>> uses) {
    var reached = new TreeMap<String, Set<String>>();
    uses.keySet().forEach(file -> reached.put(file, reachedFrom(file, uses)));
    var circles = new ArrayList<Set<String>>();
    var seen = new TreeSet<String>();
    for (var file : uses.keySet()) {
      if (!seen.contains(file) && reached.get(file).contains(file)) {
        var circle = new TreeSet<String>();
        for (var other : reached.get(file)) {
          if (reached.getOrDefault(other, Set.of()).contains(file)) {
            circle.add(other);
          }
        }
        seen.addAll(circle);
        circles.add(Set.copyOf(circle));
      }
    }
    return circles;
  }

  private static Set<String> reachedFrom(String start, Map<String, Set<String>> uses) {
    var reached = new TreeSet<String>();
    var next = new ArrayList<>(uses.get(start));
    while (!next.isEmpty()) {
      var file = next.remove(next.size() - 1);
      if (reached.add(file)) {
        next.addAll(uses.getOrDefault(file, Set.of()));
      }
    }
    return reached;
  }
}
