package io.github.datasphere.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.Status;
import io.github.datasphere.proto.jobs.CreateProjectJobMetadata;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.StorageFile;
import io.github.datasphere.proto.operation.Operation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS;
import yandex.cloud.api.operation.OperationOuterClass;

/** Both sets of message classes in one JVM: bytes and Any values of one are read by the other. */
class OneJvmTest {

  @ParameterizedTest(name = "{0}, first of a oneof: {1}")
  @MethodSource
  void everyMessagePassesThroughTheOtherClasses(String name, boolean firstOfOneof)
      throws InvalidProtocolBufferException {
    var ours = Filled.message(ApiFiles.ourMessages().get(name), firstOfOneof);

    var theirs = parse(ApiFiles.theirMessages().get(name), ours);
    var back = parse(ours.getDefaultInstanceForType(), theirs);

    assertThat(theirs.getUnknownFields().asMap())
        .as("fields unknown to the official class")
        .isEmpty();
    assertThat(theirs).isEqualTo(Filled.message(theirs.getDefaultInstanceForType(), firstOfOneof));
    assertThat(back).isEqualTo(ours);
  }

  static Stream<Arguments> everyMessagePassesThroughTheOtherClasses() {
    return ApiFiles.ourMessages().keySet().stream()
        .flatMap(name -> Stream.of(Arguments.of(name, true), Arguments.of(name, false)));
  }

  @Test
  void bothSetsHaveTheSameMessages() {
    assertThat(ApiFiles.ourMessages().keySet())
        .isEqualTo(ApiFiles.theirMessages().keySet())
        .isNotEmpty();
  }

  @Test
  void anOperationOfOursIsReadByTheOfficialClasses() throws InvalidProtocolBufferException {
    var response = CreateProjectJobResponse.newBuilder()
        .setJobId("job")
        .addUploadFiles(StorageFile.newBuilder()
            .setFile(File.newBuilder().setSha256("abc").setSizeBytes(7))
            .setUrl("http://127.0.0.1/x"))
        .build();
    var ours = Operation.newBuilder()
        .setId("op")
        .setDone(true)
        .setCreatedAt(Timestamp.newBuilder().setSeconds(1))
        .setMetadata(Any.pack(CreateProjectJobMetadata.newBuilder()
            .setProjectId("p")
            .setJobId("job")
            .build()))
        .setResponse(Any.pack(response))
        .build();

    var theirs = OperationOuterClass.Operation.parseFrom(ours.toByteString());

    assertThat(theirs.getMetadata().unpack(DSPJS.CreateProjectJobMetadata.class).getProjectId())
        .isEqualTo("p");
    var read = theirs.getResponse().unpack(DSPJS.CreateProjectJobResponse.class);
    assertThat(read.getUploadFiles(0).getFile().getSizeBytes()).isEqualTo(7);
    assertThat(Any.pack(read).unpack(CreateProjectJobResponse.class)).isEqualTo(response);
  }

  @Test
  void anOfficialOperationIsReadByOurs() throws InvalidProtocolBufferException {
    var metadata = DSPJS.ExecuteProjectJobMetadata.newBuilder()
        .setJob(yandex.cloud.api.datasphere.v2.jobs.Jobs.Job.newBuilder().setId("job"))
        .build();
    var theirs = OperationOuterClass.Operation.newBuilder()
        .setMetadata(Any.pack(metadata))
        .setError(Status.newBuilder().setCode(9).setMessage("no"))
        .build();

    var ours = Operation.parseFrom(theirs.toByteString());

    assertThat(ours.getMetadata().unpack(ExecuteProjectJobMetadata.class).getJob())
        .isEqualTo(Job.newBuilder().setId("job").build());
    assertThat(ours.getError()).isEqualTo(theirs.getError());
    assertThat(ours.getResultCase()).isEqualTo(Operation.ResultCase.ERROR);
  }

  private static Message parse(Message empty, Message from) throws InvalidProtocolBufferException {
    return empty.getParserForType().parseFrom(from.toByteString());
  }
}
