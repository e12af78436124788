package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.REAL;
import static io.github.datasphere.emulator.logs.LogSource.STDERR;
import static io.github.datasphere.emulator.logs.LogSource.STDOUT;
import static io.github.datasphere.emulator.logs.LogSource.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsResponse;
import io.github.datasphere.proto.jobs.StdLog;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

@Rpc("ProjectJobService/ReadStdLogs")
class ReadStdLogsTest extends BehaviourTest {
  @Test
  @Evidence(
      value = REAL,
      at = "5.11",
      says = "sends stdout and stderr alone, without the newlines at their ends")
  void sendsStandardStreamsAlone() {
    var job = executing();
    world.print(new JobId(job), SYSTEM, "[INFO] prepared\n");
    world.print(new JobId(job), STDOUT, "out\n\n");
    world.print(new JobId(job), STDERR, "err");

    assertThat(logs(read(job, 0)))
        .extracting(log -> log.getType() + " " + log.getContent().toStringUtf8())
        .containsExactly("OUT out", "ERR err");
  }

  @Test
  @Evidence(
      value = REAL,
      at = "5.11",
      says = "offsets count these records alone; each message has the one to go on from")
  void hasOffsetsOfItsOwn() {
    var job = executing();
    world.print(new JobId(job), SYSTEM, "[INFO] prepared\n");
    world.print(new JobId(job), STDOUT, "0\n");
    world.print(new JobId(job), STDOUT, "1\n");
    var reading = read(job, 1);

    assertThat(logs(reading))
        .extracting(log -> log.getContent().toStringUtf8())
        .containsExactly("1");
    assertThat(reading.messages().get(0).getOffset()).isEqualTo(2);
  }

  @Test
  @Evidence(value = CLIENT, at = "5.2", says = "the stream ends with the job")
  void endsWithTheJob() {
    var job = executing();
    var reading = read(job, 0);
    assertThat(reading.isOpen()).isTrue();
    end(job, 0, Collected.NOTHING);

    assertThat(reading.end().isOk()).isTrue();
  }

  @Test
  @Evidence(value = REAL, at = "6.1", says = "of an unknown job says \"Job not found\"")
  void unknownJobIsNotFound() {
    assertThat(read("invalid", 0).end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  private Reading<ReadProjectJobStdLogsRequest, ReadProjectJobStdLogsResponse> read(
      String job, long offset) {
    var reading = Reading.<ReadProjectJobStdLogsRequest, ReadProjectJobStdLogsResponse>everything();
    stubs
        .streams()
        .readStdLogs(
            ReadProjectJobStdLogsRequest.newBuilder()
                .setJobId(job)
                .setOffset(offset)
                .build(),
            reading);
    return reading;
  }

  private static List<StdLog> logs(
      Reading<ReadProjectJobStdLogsRequest, ReadProjectJobStdLogsResponse> reading) {
    return reading.messages().stream()
        .flatMap(message -> message.getLogsList().stream())
        .toList();
  }
}
