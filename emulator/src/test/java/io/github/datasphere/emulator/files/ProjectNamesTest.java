package io.github.datasphere.emulator.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.id.ProjectId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectNamesTest {
  @ParameterizedTest
  @MethodSource("io.github.datasphere.emulator.files.Contents#strangeIds")
  void everyNameIsOneThatAnyFileSystemTakes(String id) {
    assertThat(names(id)).allMatch(name -> name.matches("[a-z0-9%=_-]{1,201}"));
  }

  @ParameterizedTest
  @MethodSource("io.github.datasphere.emulator.files.Contents#strangeIds")
  void theIdIsReadBackFromTheNames(String id) {
    var escaped = names(id).stream().map(ProjectNames::part).collect(Collectors.joining());

    assertThat(ProjectNames.id(escaped)).contains(new ProjectId(id));
  }

  @Test
  void noTwoIdsShareADirectoryWhereCaseDoesNotCount() {
    var seen = new HashSet<String>();

    assertThat(Contents.strangeIds())
        .allMatch(id -> seen.add(String.join("/", names(id)).toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "%4", "%zz", "CASE", "%61", "a=", "lost+found"})
  void otherNamesStandForNoId(String name) {
    assertThat(ProjectNames.id(name)).isEmpty();
  }

  private static List<String> names(String id) {
    return ProjectNames.directories(new ProjectId(id));
  }
}
