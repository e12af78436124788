package io.github.datasphere.emulator.job.lifecycle;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.lifecycle.Decision.Decided;
import io.github.datasphere.emulator.job.operation.OperationChange;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What has to be done after each move, what becomes of the operation, and what of the job. */
class JobLifecycleEffectsTest {
  private static final String MOVES = """
      CREATING EXECUTE: begin execute; run
      CREATING EXECUTE_BEYOND_QUOTA: begin execute;
      CREATING CANCEL: end-log
      CREATING CANCEL_GRACEFULLY: end-log
      CREATING SET_TTL:
      CREATING EXPIRE: delete-log, unlink a
      CREATING DELETE: begin delete done; end-log, delete-log, unlink a
      CREATING_CLEARED CANCEL: end-log
      CREATING_CLEARED CANCEL_GRACEFULLY: end-log
      CREATING_CLEARED DELETE: begin delete done; end-log, delete-log, unlink
      PREPARING CANCEL: kill
      PREPARING CANCEL_GRACEFULLY: kill
      PREPARING STARTED:
      PREPARING PROGRESS:
      PREPARING EXITED_0: collect
      PREPARING EXITED_1: collect
      PREPARING NEVER_STARTED: collect
      PREPARING FAILED: collect
      PREPARING SET_TTL:
      PREPARING_TURNED_AWAY TURN_AWAY: complete failed RESOURCE_EXHAUSTED Job execution quota exhausted; end-log
      PREPARING_TURNED_AWAY CANCEL: complete failed CANCELLED Canceled by user; end-log
      PREPARING_TURNED_AWAY CANCEL_GRACEFULLY: complete failed CANCELLED Canceled by user; end-log
      PREPARING_TURNED_AWAY STARTED:
      PREPARING_TURNED_AWAY PROGRESS:
      PREPARING_TURNED_AWAY EXITED_0: collect
      PREPARING_TURNED_AWAY EXITED_1: collect
      PREPARING_TURNED_AWAY NEVER_STARTED: collect
      PREPARING_TURNED_AWAY FAILED: collect
      PREPARING_TURNED_AWAY SET_TTL:
      EXECUTING CANCEL: kill
      EXECUTING CANCEL_GRACEFULLY: kill
      EXECUTING PROGRESS:
      EXECUTING EXITED_0: collect
      EXECUTING EXITED_1: collect
      EXECUTING NEVER_STARTED: collect
      EXECUTING FAILED: collect
      EXECUTING SET_TTL:
      EXECUTING_GRACEFUL CANCEL: kill
      EXECUTING_GRACEFUL CANCEL_GRACEFULLY: signal 12
      EXECUTING_GRACEFUL PROGRESS:
      EXECUTING_GRACEFUL EXITED_0: collect
      EXECUTING_GRACEFUL EXITED_1: collect
      EXECUTING_GRACEFUL NEVER_STARTED: collect
      EXECUTING_GRACEFUL FAILED: collect
      EXECUTING_GRACEFUL SET_TTL:
      UPLOADING_OUTPUT CANCEL: kill
      UPLOADING_OUTPUT CANCEL_GRACEFULLY: kill
      UPLOADING_OUTPUT FAILED: complete failed FAILED_PRECONDITION no image; end-log, release
      UPLOADING_OUTPUT FINISH: complete executed 0; end-log, release
      UPLOADING_OUTPUT FINISH_INCOMPLETE: complete executed 0; end-log, release
      UPLOADING_OUTPUT SET_TTL:
      CANCELLING_KILLED EXITED_0: collect
      CANCELLING_KILLED EXITED_1: collect
      CANCELLING_KILLED NEVER_STARTED: collect
      CANCELLING_KILLED FAILED: collect
      CANCELLING_KILLED FINISH: complete failed CANCELLED Canceled by user; end-log, release
      CANCELLING_KILLED FINISH_INCOMPLETE: complete failed CANCELLED Canceled by user; end-log, release
      CANCELLING_KILLED SET_TTL:
      CANCELLING_UNSTARTED STARTED:
      CANCELLING_UNSTARTED EXITED_0: collect
      CANCELLING_UNSTARTED EXITED_1: collect
      CANCELLING_UNSTARTED NEVER_STARTED: collect
      CANCELLING_UNSTARTED FAILED: collect
      CANCELLING_UNSTARTED FINISH: complete failed CANCELLED Canceled by user; end-log, release
      CANCELLING_UNSTARTED FINISH_INCOMPLETE: complete failed CANCELLED Canceled by user; end-log, release
      CANCELLING_UNSTARTED SET_TTL:
      CANCELLING_GRACEFUL CANCEL: kill
      CANCELLING_GRACEFUL LOSE_PATIENCE: kill
      CANCELLING_GRACEFUL EXITED_0: collect
      CANCELLING_GRACEFUL EXITED_1: collect
      CANCELLING_GRACEFUL NEVER_STARTED: collect
      CANCELLING_GRACEFUL FAILED: collect
      CANCELLING_GRACEFUL FINISH: complete failed CANCELLED Canceled by user; end-log, release
      CANCELLING_GRACEFUL FINISH_INCOMPLETE: complete failed CANCELLED Canceled by user; end-log, release
      CANCELLING_GRACEFUL SET_TTL:
      CANCELLING_COLLECTING CANCEL: kill
      CANCELLING_COLLECTING FAILED: complete failed CANCELLED Canceled by user; end-log, release
      CANCELLING_COLLECTING FINISH: complete failed CANCELLED Canceled by user; end-log, release
      CANCELLING_COLLECTING FINISH_INCOMPLETE: complete failed CANCELLED Canceled by user; end-log, release
      CANCELLING_COLLECTING SET_TTL:
      SUCCESS SET_TTL:
      SUCCESS CLEAR: begin delete_data done; delete-log, unlink a b
      SUCCESS EXPIRE: delete-log, unlink a b
      SUCCESS DELETE: begin delete done; end-log, delete-log, unlink a b
      ERROR SET_TTL:
      ERROR CLEAR: begin delete_data done; delete-log, unlink a b
      ERROR EXPIRE: delete-log, unlink a b
      ERROR DELETE: begin delete done; end-log, delete-log, unlink a b
      CANCELLED SET_TTL:
      CANCELLED CLEAR: begin delete_data done; delete-log, unlink a b
      CANCELLED EXPIRE: delete-log, unlink a b
      CANCELLED DELETE: begin delete done; end-log, delete-log, unlink a b
      CANCELLED_UNSTARTED EXECUTE: begin execute failed CANCELLED Canceled by user;
      CANCELLED_UNSTARTED EXECUTE_WITHOUT_FILES: begin execute failed CANCELLED Canceled by user;
      CANCELLED_UNSTARTED EXECUTE_BEYOND_QUOTA: begin execute failed CANCELLED Canceled by user;
      CANCELLED_UNSTARTED SET_TTL:
      CANCELLED_UNSTARTED CLEAR: begin delete_data done; delete-log, unlink a
      CANCELLED_UNSTARTED EXPIRE: delete-log, unlink a
      CANCELLED_UNSTARTED DELETE: begin delete done; end-log, delete-log, unlink a
      SUCCESS_CLEARED CLEAR: begin delete_data done; delete-log, unlink
      SUCCESS_CLEARED DELETE: begin delete done; end-log, delete-log, unlink
      """;

  private static final String AFTER_A_CRASH = """
      CREATING:
      CREATING_CLEARED:
      PREPARING: run
      PREPARING_TURNED_AWAY:
      EXECUTING: run
      EXECUTING_GRACEFUL: run
      UPLOADING_OUTPUT: collect
      CANCELLING_KILLED: kill
      CANCELLING_UNSTARTED: kill
      CANCELLING_GRACEFUL: signal 12
      CANCELLING_COLLECTING: collect
      SUCCESS: end-log, release
      ERROR: end-log, release
      CANCELLED: end-log, release
      CANCELLED_UNSTARTED: end-log, release
      SUCCESS_CLEARED: end-log, release
      """;

  private final JobLifecycle lifecycle = new JobLifecycle(false);

  @Test
  void everyMoveHasTheEffectsThatTheTableSays() {
    var moves = new ArrayList<String>();
    for (var from : Situation.values()) {
      for (var order : Order.values()) {
        if (decide(from, order) instanceof Decided decided) {
          moves.add((from + " " + order + ": " + words(decided)).strip());
        }
      }
    }

    assertThat(moves).containsExactlyElementsOf(MOVES.lines().toList());
  }

  @Test
  void afterACrashTheEffectsFollowFromTheState() {
    assertThat(Arrays.stream(Situation.values())
            .map(at -> (at + ": " + words(lifecycle.reconcile(at.job()))).strip()))
        .containsExactlyElementsOf(AFTER_A_CRASH.lines().toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyMoveKeepsWhatAClientSubmitted(Situation from) {
    for (var order : Order.values()) {
      if (decide(from, order) instanceof Decided decided) {
        assertThat(decided.next().submission()).isEqualTo(from.job().submission());
        assertThat(decided.next().id()).isEqualTo(from.job().id());
        assertThat(decided.next().seq()).isEqualTo(from.job().seq());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aJobIsFinishedExactlyWhenItIsTerminal(Situation from) {
    for (var order : Order.values()) {
      if (decide(from, order) instanceof Decided decided) {
        var next = decided.next();
        assertThat(next.finishedAt() != null)
            .as("%s", order)
            .isEqualTo(next.status().isTerminal());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void operationOfAJobNeverChangesAndEndsWithIt(Situation from) {
    for (var order : Order.values()) {
      if (decide(from, order) instanceof Decided decided && !decided.removed()) {
        var before = from.job().execution().operation();
        var after = decided.next().execution().operation();
        assertThat(before == null || before.equals(after)).isTrue();
        var ends =
            decided.operations().stream().anyMatch(OperationChange.Complete.class::isInstance);
        assertThat(ends)
            .as("%s", order)
            .isEqualTo(from.status().isActive() && decided.next().status().isTerminal());
      }
    }
  }

  private Decision decide(Situation from, Order order) {
    return lifecycle.decide(from.job(), order.command(), order.at());
  }

  private static String words(Decided decided) {
    var operations =
        decided.operations().stream().map(JobLifecycleEffectsTest::words).collect(joining(", "));
    return ((operations.isEmpty() ? "" : operations + "; ") + words(decided.effects())).strip();
  }

  private static String words(List<Effect> effects) {
    return effects.stream().map(JobLifecycleEffectsTest::words).collect(joining(", "));
  }

  private static String words(OperationChange change) {
    if (change instanceof OperationChange.Begin begin) {
      var operation = begin.operation();
      return ("begin " + operation.kind().name().toLowerCase(java.util.Locale.ROOT) + " "
              + words(operation.result()))
          .strip();
    }
    return "complete " + words(((OperationChange.Complete) change).result());
  }

  private static String words(@org.jspecify.annotations.Nullable OperationResult result) {
    if (result == null) {
      return "";
    }
    if (result instanceof OperationResult.Failed failed) {
      return "failed " + failed.code() + " " + failed.message();
    }
    return result instanceof OperationResult.Executed executed
        ? "executed " + executed.returnCode()
        : "done";
  }

  private static String words(Effect effect) {
    if (effect instanceof Effect.Signal signal) {
      return "signal " + signal.signal();
    }
    if (effect instanceof Effect.Unlink unlink) {
      return ("unlink "
              + unlink.files().stream()
                  .map(FileKey::sha256)
                  .sorted(Comparator.naturalOrder())
                  .map(digest -> digest.substring(0, 1))
                  .collect(joining(" ")))
          .strip();
    }
    // EndLog: end-log
    var name = effect.getClass().getSimpleName().replaceAll("(?<=.)([A-Z])", "-$1");
    return name.toLowerCase(java.util.Locale.ROOT);
  }
}
