package io.github.datasphere.emulator.job.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The diagram of docs/architecture.md has the moves of the table, all of them and no other. */
class StateDiagramTest {
  private static final Path DOCUMENT =
      Path.of("").toAbsolutePath().getParent().resolve("docs/architecture.md");
  private static final Pattern MOVE = Pattern.compile("(?m)^ +([A-Z_]+) --> ([A-Z_]+):");

  @Test
  void diagramHasTheMovesOfTheTable() throws IOException {
    var states = Arrays.stream(JobStatus.values()).map(Enum::name).collect(Collectors.toSet());
    var moves = JobLifecycleTableTest.cells()
        .map(cell -> cell.get())
        .filter(cell -> states.contains(String.valueOf(cell[2])))
        .map(cell -> ((Situation) cell[0]).status() + " --> " + cell[2])
        .collect(Collectors.toSet());
    var drawn = MOVE.matcher(Files.readString(DOCUMENT))
        .results()
        .map(move -> move.group(1) + " --> " + move.group(2))
        .collect(Collectors.toSet());

    assertThat(drawn).containsExactlyInAnyOrderElementsOf(moves);
  }
}
