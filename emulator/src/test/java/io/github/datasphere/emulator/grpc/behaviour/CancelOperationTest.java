package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.operation.CancelOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

@Rpc("OperationService/Cancel")
class CancelOperationTest extends BehaviourTest {
  @Test
  @Evidence(value = CHOICE, at = "10.36", says = "cancels the job of an Execute")
  void cancelsTheJob() {
    var job = executing();
    var id = execute(job).getId();
    assertThat(cancel(id).getDone()).isFalse();
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.CANCELLING);
    cancelled(job);

    assertThat(operation(id).getError().getCode()).isEqualTo(1);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.36", says = "changes nothing on an operation that is done")
  void changesNothingOnADoneOperation() {
    var operation = create(parameters());

    assertThat(cancel(operation.getId())).isEqualTo(operation);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.34", says = "an unknown operation is not found")
  void unknownOperationIsNotFound() {
    assertRefused(() -> cancel("invalid"), Status.Code.NOT_FOUND, "Operation not found");
  }

  private Operation cancel(String id) {
    return stubs
        .operations()
        .cancel(CancelOperationRequest.newBuilder().setOperationId(id).build());
  }
}
