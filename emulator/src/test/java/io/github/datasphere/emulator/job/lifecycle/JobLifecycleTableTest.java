package io.github.datasphere.emulator.job.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.lifecycle.Decision.Decided;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.Decision.Unchanged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every command does in every state. A cell names the state after it, {@code .} if nothing
 * changes, {@code no} if it is refused, {@code gone} if the job is; a {@code *} says that the state
 * stays and something else of the job changes.
 */
class JobLifecycleTableTest {
  private static final String CLIENT = """
      |                      | EXECUTE   | EXECUTE_WITHOUT_FILES | CANCEL     | CANCEL_GRACEFULLY | LOSE_PATIENCE | LOSE_PATIENCE_EARLY |
      | CREATING             | PREPARING | no                    | CANCELLED  | CANCELLED         | .             | .                   |
      | PREPARING_TURNED_AWAY| .         | .                     | CANCELLED  | CANCELLED         | .             | .                   |
      | CREATING_CLEARED     | no        | no                    | CANCELLED  | CANCELLED         | .             | .                   |
      | PREPARING            | .         | .                     | CANCELLING | CANCELLING        | .             | .                   |
      | EXECUTING            | .         | .                     | CANCELLING | CANCELLING        | .             | .                   |
      | EXECUTING_GRACEFUL   | .         | .                     | CANCELLING | CANCELLING        | .             | .                   |
      | UPLOADING_OUTPUT     | .         | .                     | CANCELLING | CANCELLING        | .             | .                   |
      | CANCELLING_KILLED    | .         | .                     | .          | .                 | .             | .                   |
      | CANCELLING_UNSTARTED | .         | .                     | .          | .                 | .             | .                   |
      | CANCELLING_GRACEFUL  | .         | .                     | *          | .                 | *             | .                   |
      | CANCELLING_COLLECTING| .         | .                     | *          | .                 | .             | .                   |
      | SUCCESS              | .         | .                     | .          | .                 | .             | .                   |
      | ERROR                | .         | .                     | .          | .                 | .             | .                   |
      | CANCELLED            | .         | .                     | .          | .                 | .             | .                   |
      | CANCELLED_UNSTARTED  | *         | *                     | .          | .                 | .             | .                   |
      | SUCCESS_CLEARED      | .         | .                     | .          | .                 | .             | .                   |
      """;

  private static final String QUOTA = """
      |                      | EXECUTE_BEYOND_QUOTA | TURN_AWAY | TURN_AWAY_EARLY |
      | CREATING             | PREPARING            | .         | .               |
      | PREPARING_TURNED_AWAY| .                    | ERROR     | .               |
      | CREATING_CLEARED     | no                   | .         | .               |
      | PREPARING            | .                    | .         | .               |
      | EXECUTING            | .                    | .         | .               |
      | EXECUTING_GRACEFUL   | .                    | .         | .               |
      | UPLOADING_OUTPUT     | .                    | .         | .               |
      | CANCELLING_KILLED    | .                    | .         | .               |
      | CANCELLING_UNSTARTED | .                    | .         | .               |
      | CANCELLING_GRACEFUL  | .                    | .         | .               |
      | CANCELLING_COLLECTING| .                    | .         | .               |
      | SUCCESS              | .                    | .         | .               |
      | ERROR                | .                    | .         | .               |
      | CANCELLED            | .                    | .         | .               |
      | CANCELLED_UNSTARTED  | *                    | .         | .               |
      | SUCCESS_CLEARED      | .                    | .         | .               |
      """;

  private static final String RUNNER = """
      |                      | STARTED   | PROGRESS | EXITED_0         | EXITED_1         | NEVER_STARTED    | FAILED           | FINISH    | FINISH_INCOMPLETE |
      | CREATING             | no        | no       | no               | no               | no               | no               | no        | no                |
      | CREATING_CLEARED     | no        | no       | no               | no               | no               | no               | no        | no                |
      | PREPARING            | EXECUTING | *        | UPLOADING_OUTPUT | UPLOADING_OUTPUT | UPLOADING_OUTPUT | UPLOADING_OUTPUT | no        | no                |
      | PREPARING_TURNED_AWAY| EXECUTING | *        | UPLOADING_OUTPUT | UPLOADING_OUTPUT | UPLOADING_OUTPUT | UPLOADING_OUTPUT | no        | no                |
      | EXECUTING            | .         | *        | UPLOADING_OUTPUT | UPLOADING_OUTPUT | UPLOADING_OUTPUT | UPLOADING_OUTPUT | no        | no                |
      | EXECUTING_GRACEFUL   | .         | *        | UPLOADING_OUTPUT | UPLOADING_OUTPUT | UPLOADING_OUTPUT | UPLOADING_OUTPUT | no        | no                |
      | UPLOADING_OUTPUT     | .         | .        | .                | .                | .                | ERROR            | SUCCESS   | ERROR             |
      | CANCELLING_KILLED    | .         | .        | *                | *                | *                | *                | CANCELLED | CANCELLED         |
      | CANCELLING_UNSTARTED | *         | .        | *                | *                | *                | *                | CANCELLED | CANCELLED         |
      | CANCELLING_GRACEFUL  | .         | .        | *                | *                | *                | *                | CANCELLED | CANCELLED         |
      | CANCELLING_COLLECTING| .         | .        | .                | .                | .                | CANCELLED        | CANCELLED | CANCELLED         |
      | SUCCESS              | .         | .        | .                | .                | .                | .                | .         | .                 |
      | ERROR                | .         | .        | .                | .                | .                | .                | .         | .                 |
      | CANCELLED            | .         | .        | .                | .                | .                | .                | .         | .                 |
      | CANCELLED_UNSTARTED  | .         | .        | .                | .                | .                | .                | .         | .                 |
      | SUCCESS_CLEARED      | .         | .        | .                | .                | .                | .                | .         | .                 |
      """;

  private static final String DATA = """
      |                      | SET_TTL | CLEAR | EXPIRE | EXPIRE_EARLY | DELETE |
      | CREATING             | *       | no    | *      | .            | gone   |
      | CREATING_CLEARED     | no      | no    | .      | .            | gone   |
      | PREPARING            | *       | no    | .      | .            | no     |
      | PREPARING_TURNED_AWAY| *       | no    | .      | .            | no     |
      | EXECUTING            | *       | no    | .      | .            | no     |
      | EXECUTING_GRACEFUL   | *       | no    | .      | .            | no     |
      | UPLOADING_OUTPUT     | *       | no    | .      | .            | no     |
      | CANCELLING_KILLED    | *       | no    | .      | .            | no     |
      | CANCELLING_UNSTARTED | *       | no    | .      | .            | no     |
      | CANCELLING_GRACEFUL  | *       | no    | .      | .            | no     |
      | CANCELLING_COLLECTING| *       | no    | .      | .            | no     |
      | SUCCESS              | *       | *     | *      | .            | gone   |
      | ERROR                | *       | *     | *      | .            | gone   |
      | CANCELLED            | *       | *     | *      | .            | gone   |
      | CANCELLED_UNSTARTED  | *       | *     | *      | .            | gone   |
      | SUCCESS_CLEARED      | no      | *     | .      | .            | gone   |
      """;

  private final JobLifecycle lifecycle = new JobLifecycle(false);

  static Stream<Arguments> cells() {
    return Stream.of(CLIENT, QUOTA, RUNNER, DATA)
        .map(JobLifecycleTableTest::parse)
        .flatMap(table -> table.entrySet().stream())
        .flatMap(row -> row.getValue().entrySet().stream()
            .map(cell -> Arguments.of(row.getKey(), cell.getKey(), cell.getValue())));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cells")
  void everyCommandInEveryStateDoesWhatTheTableSays(Situation from, Order order, String expected) {
    assertThat(outcome(from, order)).isEqualTo(expected);
  }

  @Test
  void tableHasEveryCommandInEveryState() {
    var cells =
        cells().map(cell -> cell.get()[0] + " " + cell.get()[1]).collect(Collectors.toSet());

    assertThat(cells).hasSize(Situation.values().length * Order.values().length);
    assertThat(EnumSet.allOf(Situation.class).stream().map(Situation::status))
        .containsAll(EnumSet.allOf(JobStatus.class));
    assertThat(Arrays.stream(Order.values())
            .map(order -> order.command().getClass().getName()))
        .containsAll(commands());
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cells")
  void refusalSaysWhatAndWhyInWords(Situation from, Order order, String expected) {
    if (decide(from, order) instanceof Rejected rejected) {
      assertThat(expected).isEqualTo("no");
      assertThat(rejected.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
      assertThat(rejected.message()).contains(Situation.ID.value());
    }
  }

  private String outcome(Situation from, Order order) {
    var decision = decide(from, order);
    if (decision instanceof Unchanged) {
      return ".";
    }
    if (decision instanceof Decided decided) {
      if (decided.removed()) {
        return "gone";
      }
      var next = decided.next().status();
      return next == from.status() ? "*" : next.name();
    }
    return "no";
  }

  private Decision decide(Situation from, Order order) {
    return lifecycle.decide(from.job(), order.command(), order.at());
  }

  private static List<String> commands() {
    return Arrays.stream(JobCommand.class.getPermittedSubclasses())
        .map(Class::getName)
        .toList();
  }

  private static Map<Situation, Map<Order, String>> parse(String table) {
    var rows = new ArrayList<List<String>>();
    table.lines().forEach(line -> rows.add(cells(line)));
    var parsed = new LinkedHashMap<Situation, Map<Order, String>>();
    for (var row : rows.subList(1, rows.size())) {
      var cells = new LinkedHashMap<Order, String>();
      for (int i = 1; i < row.size(); i++) {
        cells.put(Order.valueOf(rows.get(0).get(i)), row.get(i));
      }
      parsed.put(Situation.valueOf(row.get(0)), cells);
    }
    return parsed;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.strip().split("\\|")).skip(1).map(String::strip).toList();
  }
}
