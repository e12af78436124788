package io.github.datasphere.emulator.grpc.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.proto.jobs.CloneProjectJobResponse;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** No field of an operation is forgotten, nor one of what it carries. */
class OperationMappingTest {
  private static final OperationResult EXECUTED = new OperationResult.Executed(
      3, FullJobs.RESULTS.outputFiles(), FullJobs.RESULTS.errors(), FullJobs.RESULTS.datasets());

  private GrpcWorld world;
  private OperationMapping mapping;

  @BeforeEach
  void startTheWorld(@TempDir Path folder) throws IOException {
    world = new GrpcWorld(folder);
    mapping = new OperationMapping(world.engine);
    world.store.commit(new Changes(FullJobs.job(1, false), null, List.of(), List.of()));
  }

  @AfterEach
  void endTheWorld() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE,CreateProjectJobMetadata",
    "CLONE,CloneProjectJobMetadata",
    "DELETE,DeleteProjectJobMetadata",
    "DELETE_DATA,DeleteProjectJobDataMetadata",
    "DELETE_ALL_DATA,DeleteAllProjectJobDataMetadata",
    "EXECUTE,ExecuteProjectJobMetadata"
  })
  void metadataOfJobOperationsHaveTheirOwnTypeAndEveryField(OperationKind kind, String type)
      throws Exception {
    var metadata = mapping.toProto(operation(kind, null)).getMetadata();
    var message = unpack("io.github.datasphere.proto.jobs." + type, metadata);

    assertThat(metadata.getTypeUrl())
        .isEqualTo("type.googleapis.com/yandex.cloud.datasphere.v2.jobs." + type);
    assertThat(UnsetFields.of(message).stream().filter(path -> !path.equals("job.data_cleared")))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyFieldOfTheOperationItselfIsSet(OperationKind kind) {
    assertThat(UnsetFields.of(mapping.toProto(operation(kind, result(kind))))).isEmpty();
  }

  @Test
  void everyFieldOfTheResponsesIsSet() throws Exception {
    var created = response(OperationKind.CREATE).unpack(CreateProjectJobResponse.class);
    var cloned = response(OperationKind.CLONE).unpack(CloneProjectJobResponse.class);
    var executed = response(OperationKind.EXECUTE).unpack(ExecuteProjectJobResponse.class);

    assertThat(UnsetFields.of(created)).isEmpty();
    assertThat(UnsetFields.of(cloned)).isEmpty();
    assertThat(UnsetFields.of(executed)).isEmpty();
  }

  @Test
  void failureHasACodeThatGoogleKnows() {
    for (var code : ErrorCode.values()) {
      var failed = mapping.toProto(
          operation(OperationKind.EXECUTE, new OperationResult.Failed(code, "why")));

      assertThat(failed.getDone()).isTrue();
      assertThat(com.google.rpc.Code.forNumber(failed.getError().getCode()))
          .isNotNull()
          .hasToString(code.name());
      assertThat(failed.getError().getMessage()).isEqualTo("why");
    }
  }

  @Test
  void operationOfADeletedJobShowsTheJobAsItWas() throws Exception {
    var job = FullJobs.job(1, false);
    var ended = operation(OperationKind.EXECUTE, EXECUTED).ended(EXECUTED, job, FullJobs.CREATED);
    world.store.commit(new Changes(null, job.id(), List.of(), List.of()));
    var metadata = mapping.toProto(ended).getMetadata().unpack(ExecuteProjectJobMetadata.class);

    assertThat(metadata.getJob()).isEqualTo(JobMapping.toProto(job));
  }

  private Any response(OperationKind kind) {
    return mapping.toProto(operation(kind, result(kind))).getResponse();
  }

  private static OperationResult result(OperationKind kind) {
    return switch (kind) {
      case CREATE, CLONE -> new OperationResult.Submitted(List.of(FullJobs.file("input")));
      case EXECUTE -> EXECUTED;
      case DELETE, DELETE_DATA, DELETE_ALL_DATA, CREATE_PROJECT -> new OperationResult.Done();
    };
  }

  private static Operation operation(OperationKind kind, @Nullable OperationResult result) {
    var job = FullJobs.job(1, false);
    return new Operation(
        new OperationId("bt1operation"),
        kind,
        job.projectId(),
        job.id(),
        FullJobs.CREATED,
        "user",
        FullJobs.CREATED.plusSeconds(1),
        result,
        null);
  }

  private static Message unpack(String type, Any any)
      throws ClassNotFoundException, InvalidProtocolBufferException {
    return any.unpack(Class.forName(type).asSubclass(Message.class));
  }
}
