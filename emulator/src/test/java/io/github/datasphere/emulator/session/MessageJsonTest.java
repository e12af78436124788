package io.github.datasphere.emulator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.operation.Operation;
import org.junit.jupiter.api.Test;

class MessageJsonTest {
  private final Api api = new Api();
  private final MessageJson json = new MessageJson(api);
  private final MessageParser parser = new MessageParser(api);

  @Test
  void everyMessageOfTheServiceComesBackAsItWas() throws Exception {
    for (long seed = 0; seed < 12; seed++) {
      var messages = new RandomMessages(seed, api);
      for (var type : api.types()) {
        var message = messages.of(DynamicMessage.newBuilder(type), 4);
        var text = SessionJson.write(json.toJson(message));
        var back = parser.parse(SessionJson.parseObject(text), DynamicMessage.newBuilder(type));

        assertThat(back).as("seed %d: %s", seed, text).isEqualTo(message);
        var bytes = DynamicMessage.parseFrom(type, back.toByteString());
        assertThat(SessionJson.write(json.toJson(bytes))).isEqualTo(text);
      }
    }
  }

  @Test
  void everyCallHasItsOwnClasses() {
    var messages = new RandomMessages(7, api);
    for (var call : api.calls()) {
      for (Message empty : new Message[] {call.request(), call.reply()}) {
        var message = messages.of(empty.newBuilderForType(), 4);
        var text = SessionJson.write(json.toJson(message));

        assertThat(parser.parse(SessionJson.parseObject(text), empty.newBuilderForType()))
            .isEqualTo(message);
      }
    }
  }

  @Test
  void messagesReadAsProtobufWritesThem() {
    var job = Job.newBuilder()
        .setId("job1")
        .setStatus(JobStatus.SUCCESS)
        .setDataSizeBytes(5)
        .setCreatedAt(Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(120_000_000))
        .build();
    var operation =
        Operation.newBuilder().setDone(true).setResponse(Any.pack(job)).build();

    assertThat(SessionJson.write(json.toJson(operation)))
        .isEqualTo("{\"done\": true, \"response\": {\"@type\":"
            + " \"type.googleapis.com/yandex.cloud.datasphere.v2.jobs.Job\", \"id\": \"job1\","
            + " \"created_at\": \"2023-11-14T22:13:20.120Z\", \"status\": \"SUCCESS\","
            + " \"data_size_bytes\": \"5\"}}");
  }

  @Test
  void unknownFieldsAreKeptWhereTheyStand() {
    var unknown = UnknownFieldSet.newBuilder()
        .addField(17, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
        .build();
    var message = GetProjectJobRequest.newBuilder()
        .setJobId("j")
        .setUnknownFields(unknown)
        .build();

    assertThat(SessionJson.write(json.toJson(message)))
        .isEqualTo("{\"job_id\": \"j\", \"@unknown\": \"iAEB\"}");
  }

  @Test
  void aFieldThatTheMessageDoesNotHaveIsNamed() {
    assertThatThrownBy(() -> parser.parse(
            SessionJson.parseObject("{\"jobid\": \"j\"}"), GetProjectJobRequest.newBuilder()))
        .hasMessageContaining("\"jobid\" is no field of GetProjectJobRequest");
  }

  @Test
  void aValueOfAnotherKindIsNamed() {
    assertThatThrownBy(() -> parser.parse(
            SessionJson.parseObject("{\"data_size_bytes\": \"many\"}"), Job.newBuilder()))
        .hasMessageContaining("\"data_size_bytes\" cannot be \"many\"");
  }
}
