package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.testing.Fault;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.emulator.ControlServiceGrpc.ControlServiceBlockingStub;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobMetadata;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations that a fault leaves open for a while. */
class OpenOperationsTest extends WithTestDouble {
  @Test
  void createsOperationGoesOnUntilTheTimeIsOver() throws Exception {
    create().staysOpenFor(Duration.ofMinutes(1));
    var begun = submit();

    assertThat(begun.getDone()).isFalse();
    assertThat(begun.hasResponse()).isFalse();
    var job = begun.getMetadata().unpack(CreateProjectJobMetadata.class).getJobId();
    assertThat(client.get(job).getId()).as("the call did what it should").isEqualTo(job);
    emulator.clock().advance(Duration.ofSeconds(59));
    assertThat(operation(begun)).isEqualTo(begun);

    emulator.clock().advance(Duration.ofSeconds(1));

    var ended = operation(begun);
    assertThat(ended.getDone()).isTrue();
    assertThat(ended.getResponse().unpack(CreateProjectJobResponse.class).getJobId())
        .isEqualTo(job);
  }

  @Test
  void onlyTheOperationsOfTheFaultDo() {
    create().nth(2).staysOpenFor(Duration.ofMinutes(1));

    assertThat(submit().getDone()).isTrue();
    assertThat(submit().getDone()).isFalse();
    assertThat(submit().getDone()).isTrue();
    assertThat(emulator.faults().pending()).isEmpty();
  }

  @Test
  void executeShowsItsOperationSoWhereverItIsAskedFor() {
    var job = client.create("held");
    emulator.faults().on("Execute").staysOpenFor(Duration.ofHours(1));
    var begun = client.executeCreated(job);

    assertThat(client.executeCreated(job).getDone()).as("as attach asks").isFalse();
    assertThat(operation(begun).getDone()).isFalse();
    assertThat(emulator.operation(begun.getId()).orElseThrow().getDone()).isFalse();
    emulator.clock().advance(Duration.ofHours(1));

    assertThat(client.executeCreated(job).getDone()).isTrue();
    assertThat(emulator.operation(begun.getId()).orElseThrow().getDone()).isTrue();
  }

  @Test
  void theAnswerMayComeLateToo() {
    create().delayBy(Duration.ofSeconds(10)).staysOpenFor(Duration.ofSeconds(20));
    var answers = new ArrayList<Operation>();
    ProjectJobServiceGrpc.newStub(client.jobs.getChannel())
        .withInterceptors(TestClient.authorized())
        .create(request(), new StreamObserver<>() {
          @Override
          public void onNext(Operation value) {
            answers.add(value);
          }

          @Override
          public void onError(Throwable t) {}

          @Override
          public void onCompleted() {}
        });
    assertThat(answers).isEmpty();

    emulator.clock().advance(Duration.ofSeconds(10));

    assertThat(answers).extracting(Operation::getDone).containsExactly(false);
    emulator.clock().advance(Duration.ofSeconds(19));
    assertThat(operation(answers.get(0)).getDone()).isFalse();
    emulator.clock().advance(Duration.ofSeconds(1));
    assertThat(operation(answers.get(0)).getDone()).isTrue();
  }

  @Test
  void aSavepointKnowsThem() {
    create().staysOpenFor(Duration.ofMinutes(1));
    var begun = submit();
    var savepoint = emulator.save();
    emulator.clock().advance(Duration.ofMinutes(1));
    assertThat(operation(begun).getDone()).isTrue();

    emulator.restore(savepoint);

    assertThat(operation(begun).getDone()).isFalse();
    emulator.clock().advance(Duration.ofMinutes(1));
    assertThat(operation(begun).getDone()).isTrue();
  }

  @Test
  void timeWithoutEndIsNoTrouble() {
    create().staysOpenFor(Duration.ofSeconds(Long.MAX_VALUE));
    var begun = submit();

    emulator.clock().advance(Duration.ofDays(100_000));

    assertThat(operation(begun).getDone()).isFalse();
  }

  @Test
  void whatHasNoOperationIsRefused() {
    for (var call : List.of("SetDataTtl", "ReadLogs", "List")) {
      assertThatIllegalArgumentException()
          .as(call)
          .isThrownBy(() -> emulator.faults().on(call).staysOpenFor(Duration.ofMinutes(1)))
          .withMessageContaining("happens to a call whose answer is an operation");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> create().staysOpenFor(Duration.ZERO))
        .withMessageContaining("cannot stay open for PT0S");
  }

  @Test
  void theControlServiceOrdersItToo() {
    var control = ControlServiceGrpc.newBlockingStub(client.jobs.getChannel());
    order(control, minutes(1));

    var begun = submit();

    assertThat(begun.getDone()).isFalse();
    emulator.clock().advance(Duration.ofMinutes(1));
    assertThat(operation(begun).getDone()).isTrue();
    assertThatThrownBy(() -> order(control, minutes(-1)))
        .hasMessageContaining("INVALID_ARGUMENT: ")
        .hasMessageContaining("cannot stay open for");
  }

  private static void order(
      ControlServiceBlockingStub control, com.google.protobuf.Duration duration) {
    var unused = control.addFault(AddFaultRequest.newBuilder()
        .setMethod("Create")
        .setStaysOpenFor(duration)
        .build());
  }

  private static com.google.protobuf.Duration minutes(int minutes) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(60L * minutes).build();
  }

  private Fault create() {
    return emulator.faults().on("Create");
  }

  private Operation submit() {
    return client.jobs.create(request());
  }

  private static CreateProjectJobRequest request() {
    return CreateProjectJobRequest.newBuilder()
        .setProjectId("bt1project")
        .setName("name")
        .setJobParameters(JobParameters.newBuilder()
            .setCmd("true")
            .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
        .build();
  }

  private Operation operation(Operation begun) {
    return OperationServiceGrpc.newBlockingStub(client.jobs.getChannel())
        .withInterceptors(TestClient.authorized())
        .get(GetOperationRequest.newBuilder().setOperationId(begun.getId()).build());
  }
}
