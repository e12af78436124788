package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.REAL;
import static io.github.datasphere.emulator.logs.LogSource.STDERR;
import static io.github.datasphere.emulator.logs.LogSource.STDOUT;
import static io.github.datasphere.emulator.logs.LogSource.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.LogMessage;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.github.datasphere.proto.jobs.StandardStream;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rpc("ProjectJobService/ReadLogs")
class ReadLogsTest extends BehaviourTest {
  @Test
  @Evidence(
      value = CLIENT,
      at = "5.1",
      says = "from offset 0 sends everything, and with each message the offset to go on from")
  void sendsEverythingFromTheBeginning() {
    var job = executing();
    print(job, "one\n", "two\n");
    var reading = read(job, 0);
    print(job, "three\n");

    assertThat(texts(reading)).containsExactly("one\n", "two\n", "three\n");
    assertThat(reading.messages())
        .extracting(ReadProjectJobLogsResponse::getOffset)
        .containsExactly(2L, 3L);
    assertThat(texts(read(job, 2))).containsExactly("three\n");
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "5.2",
      says = "the stream stays open until the job has ended, and ends after the last record")
  void staysOpenUntilTheJobHasEnded() {
    var job = create();
    var reading = read(job, 0);
    execute(job);
    world.runner().started(new JobId(job));
    print(job, "hello\n");
    world.runner().exited(new JobId(job), 0);
    assertThat(reading.isOpen()).isTrue();
    world.runner().collected(new JobId(job), Collected.NOTHING);

    assertThat(reading.end().isOk()).isTrue();
    assertThat(texts(reading)).containsExactly("hello\n");
  }

  @Test
  @Evidence(value = REAL, at = "5.4", says = "offset -1 on a running job: from now on")
  void attachSeesWhatComesFromNowOn() {
    var job = executing();
    print(job, "before\n");
    var reading = read(job, -1);
    print(job, "after\n");

    assertThat(texts(reading)).containsExactly("after\n");
    assertThat(reading.messages().get(0).getOffset()).isEqualTo(2);
  }

  @Test
  @Evidence(
      value = REAL,
      at = "5.4",
      says = "offset -1 on a job that has ended: from the beginning")
  void attachToAnEndedJobSeesEverything() {
    var job = executing();
    print(job, "before\n");
    end(job, 1, Collected.NOTHING);
    var reading = read(job, -1);

    assertThat(texts(reading)).containsExactly("before\n");
    assertThat(reading.end().isOk()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, -100, Long.MIN_VALUE})
  @Evidence(value = CHOICE, at = "10.13", says = "any other negative offset is as -1")
  void otherNegativeOffsetsAreAsMinusOne(long offset) {
    var job = executing();
    print(job, "before\n");
    var reading = read(job, offset);
    print(job, "after\n");

    assertThat(texts(reading)).containsExactly("after\n");
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 1_000_000, Long.MAX_VALUE})
  @Evidence(
      value = CHOICE,
      at = "10.13",
      says = "an offset beyond the end waits, and ends with the job")
  void offsetBeyondTheEndWaits(long offset) {
    var job = executing();
    print(job, "0\n");
    var reading = read(job, offset);
    print(job, "1\n");
    assertThat(reading.isOpen()).isTrue();
    end(job, 0, Collected.NOTHING);

    assertThat(texts(reading)).isEmpty();
    assertThat(reading.end().isOk()).isTrue();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.11", says = "offsets count the records of all sources")
  void offsetsCountAllSources() {
    var job = executing();
    world.print(new JobId(job), SYSTEM, "[INFO] prepared\n");
    world.print(new JobId(job), STDOUT, "out\n");
    world.print(new JobId(job), STDERR, "err\n");

    assertThat(texts(read(job, 1))).containsExactly("out\n", "err\n");
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "5.5",
      says = "records tell their stream or file, and when they were written")
  void recordsTellTheirSource() {
    var job = executing();
    world.print(new JobId(job), STDOUT, "out\n");
    world.print(new JobId(job), STDERR, "err\n");
    world.clock.advance(Duration.ofSeconds(5));
    world.print(new JobId(job), SYSTEM, "[INFO] done\n");
    var records = records(read(job, 0));

    assertThat(records.get(0).getStandardStream()).isEqualTo(StandardStream.OUT);
    assertThat(records.get(1).getStandardStream()).isEqualTo(StandardStream.ERR);
    assertThat(records.get(2).getFilePath()).isEqualTo(".system.log");
    assertThat(records.get(2).getCreatedAt()).isEqualTo(proto(GrpcWorld.START.plusSeconds(5)));
  }

  @Test
  @Evidence(value = CHOICE, at = "10.12", says = "any number of clients may read at once")
  void manyClientsRead() {
    var job = executing();
    var readings = List.of(read(job, 0), read(job, 0), read(job, -1));
    print(job, "hello\n");

    assertThat(readings)
        .allSatisfy(reading -> assertThat(texts(reading)).containsExactly("hello\n"));
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.14",
      says = "a client that reads slowly gets everything in the end and holds up nobody")
  void slowClientGetsEverything() {
    var job = executing();
    var slow = Reading.<ReadProjectJobLogsRequest, ReadProjectJobLogsResponse>onDemand();
    stubs.streams().readLogs(request(job, 0), slow);
    for (int i = 0; i < 100; i++) {
      print(job, "x".repeat(50_000) + i + "\n");
    }
    end(job, 0, Collected.NOTHING);
    assertThat(slow.messages()).isEmpty();
    while (slow.isOpen()) {
      slow.take(1);
    }

    assertThat(records(slow)).hasSize(100);
    assertThat(slow.messages().get(slow.messages().size() - 1).getOffset()).isEqualTo(100);
    assertThat(slow.messages())
        .allSatisfy(message -> assertThat(message.getSerializedSize()).isLessThan(256 << 10));
  }

  @Test
  @Evidence(value = CHOICE, at = "10.14", says = "many small records travel in one message")
  void smallRecordsTravelTogether() {
    var job = executing();
    for (int i = 0; i < 1_000; i++) {
      print(job, "line " + i + "\n");
    }

    assertThat(read(job, 0).messages()).hasSize(1);
  }

  @Test
  @Evidence(value = CLIENT, at = "3.14", says = "a client that hangs up frees what it held")
  void hangingUpFreesEverything() {
    var job = executing();
    var reading = read(job, 0);
    assertThat(world.streams.count()).isEqualTo(1);
    reading.hangUp();

    assertThat(world.streams.count()).isZero();
    print(job, "nobody listens\n");
    assertThat(get(job).getStatusValue()).isEqualTo(2);
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.19",
      says = "of a cleared job the stream ends without a record")
  void clearedJobHasNoLogs() {
    var job = executing();
    print(job, "gone\n");
    end(job, 0, Collected.NOTHING);
    stubs
        .jobs()
        .deleteData(DeleteProjectJobDataRequest.newBuilder().setJobId(job).build());
    var reading = read(job, 0);

    assertThat(reading.messages()).isEmpty();
    assertThat(reading.end().isOk()).isTrue();
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.18",
      says = "deleting the job ends the streams that wait for it")
  void deletedJobEndsItsStreams() {
    var job = create();
    var reading = read(job, 0);
    stubs.jobs().delete(DeleteProjectJobRequest.newBuilder().setJobId(job).build());

    assertThat(reading.end().isOk()).isTrue();
  }

  @Test
  @Evidence(value = REAL, at = "6.1", says = "of an unknown job says \"Job not found\"")
  void unknownJobIsNotFound() {
    assertThat(read("invalid", 0).end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(read("invalid", 0).end().getDescription()).isEqualTo("Job not found");
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "5.2",
      says = "a reset of the emulator breaks streams off with CANCELLED instead of ending them")
  void resetBreaksStreamsOff() {
    var reading = read(executing(), 0);
    world.streams.endAll(world.engine);

    assertThat(reading.end().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(world.streams.count()).isZero();
  }

  private Reading<ReadProjectJobLogsRequest, ReadProjectJobLogsResponse> read(
      String job, long offset) {
    var reading = Reading.<ReadProjectJobLogsRequest, ReadProjectJobLogsResponse>everything();
    stubs.streams().readLogs(request(job, offset), reading);
    return reading;
  }

  private static ReadProjectJobLogsRequest request(String job, long offset) {
    return ReadProjectJobLogsRequest.newBuilder()
        .setJobId(job)
        .setOffset(offset)
        .build();
  }

  private void print(String job, String... lines) {
    for (var line : lines) {
      world.print(new JobId(job), STDOUT, line);
    }
  }

  private static List<LogMessage> records(
      Reading<ReadProjectJobLogsRequest, ReadProjectJobLogsResponse> reading) {
    return reading.messages().stream()
        .flatMap(message -> message.getLogsList().stream())
        .toList();
  }

  private static List<String> texts(
      Reading<ReadProjectJobLogsRequest, ReadProjectJobLogsResponse> reading) {
    return records(reading).stream()
        .map(record -> record.getContent().toStringUtf8())
        .toList();
  }
}
