package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.github.datasphere.proto.emulator.AddScriptsRequest;
import io.github.datasphere.proto.emulator.JobCondition;
import io.github.datasphere.proto.emulator.ListExchangesRequest;
import io.github.datasphere.proto.emulator.ListUndoneRequest;
import io.github.datasphere.proto.emulator.Script;
import io.github.datasphere.proto.emulator.Step;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import org.junit.jupiter.api.Test;

/** What is packed into requests deeper than a stack is. */
class DeepRequestsTest extends ControlledEmulator {
  @Test
  void aFieldPackedDeeplyIntoARequestIsNoTroubleForWhoeverTellsOfIt() {
    var id = client.create("deep");
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.lasts(java.time.Duration.ofDays(1)));
    client.jobs.execute(ExecuteProjectJobRequest.newBuilder()
        .setJobId(id)
        .setUnknownFields(nested(3_000))
        .build());

    assertThat(control.listUndone(ListUndoneRequest.getDefaultInstance()).getProblemsList())
        .anyMatch(problem -> problem.contains(id) && problem.contains("is still EXECUTING"))
        .anyMatch(problem -> problem.contains("unknown field 999"));
    assertThat(control
            .listExchanges(
                ListExchangesRequest.newBuilder().setMethod("Execute").build())
            .getExchangesCount())
        .isEqualTo(1);
  }

  @Test
  void aConditionWithADeeplyPackedFieldIsOrderedAsAnyOther() {
    control.addScripts(AddScriptsRequest.newBuilder()
        .setWhen(JobCondition.newBuilder().setName("deep").setUnknownFields(nested(3_000)))
        .addScripts(Script.newBuilder().addSteps(Step.newBuilder().setExits(4)))
        .build());

    assertThat(client.get(client.execute("deep")).getStatus()).isEqualTo(JobStatus.ERROR);
  }

  @Test
  void aScriptOfTooManyReactionsIsRefused() {
    var script = Script.getDefaultInstance();
    for (int i = 0; i < 60; i++) {
      script = Script.newBuilder().setOnSignal(script).build();
    }
    var request = AddScriptsRequest.newBuilder().addScripts(script).build();

    assertThatThrownBy(() -> control.addScripts(request))
        .hasMessageContaining("INVALID_ARGUMENT: scripts[0].on_signal.on_signal")
        .hasMessageContaining("reaction to more than 20 signals in turn");
  }

  private static UnknownFieldSet nested(int levels) {
    var inner = UnknownFieldSet.getDefaultInstance();
    for (int i = 0; i < levels; i++) {
      inner = UnknownFieldSet.newBuilder()
          .addField(
              999,
              UnknownFieldSet.Field.newBuilder()
                  .addLengthDelimited(inner.toByteString())
                  .build())
          .build();
    }
    return inner;
  }
}
