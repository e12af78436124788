package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that failed before its command began does so again, out of its recording. */
class RecordedPreparationTest {
  private static final Duration PULL = Duration.ofSeconds(40);
  private static final Duration LENGTH = Duration.ofMinutes(1);

  private final Emulator emulator = Emulator.inProcess();
  private final TestClient client = new TestClient(emulator.channel());

  @TempDir
  Path folder;

  @BeforeEach
  void record() throws Exception {
    emulator
        .whenExecuted(job -> true)
        .thenRun(Script.empty()
            .systemLog("pulling the image\n")
            .after(PULL)
            .systemLog("it is not there\n")
            .after(LENGTH.minus(PULL))
            .failsWhilePreparing(Status.Code.FAILED_PRECONDITION, "no such image"));
    run(emulator, client);
    emulator.journal().saveTo(recording());
  }

  @AfterEach
  void close() {
    client.close();
    emulator.close();
  }

  @Test
  void itIsCheckedWithoutADifference() {
    assertThat(Checks.check(recording()).differences()).isEmpty();
  }

  @Test
  void itsScriptFailsBeforeTheCommandBegins() throws Exception {
    try (var other = Emulator.inProcess();
        var second = new TestClient(other.channel())) {
      other.whenExecuted(job -> true).thenRun(Checks.scripts(recording()).get(0));
      var ended = run(other, second);
      var job = ended.getMetadata().unpack(ExecuteProjectJobMetadata.class).getJob();

      assertThat(ended.getError().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION.value());
      assertThat(ended.getError().getMessage()).isEqualTo("no such image");
      assertThat(job.hasStartedAt()).isFalse();
      assertThat(log(second, job.getId())).startsWith("pulling the image\n", "it is not there\n");
    }
  }

  /** Runs a job to its end, which has to come with its last second. */
  private static Operation run(Emulator on, TestClient by) throws Exception {
    var id = by.create("prepared");
    var begun = by.executeCreated(id);
    on.clock().advance(PULL);
    assertThat(by.get(id).getStatus()).isEqualTo(JobStatus.PREPARING);
    on.clock().advance(LENGTH.minus(PULL));
    var ended = by.operation(begun.getId());
    assertThat(ended.getDone()).isTrue();
    assertThat(by.get(id).getStatus()).isEqualTo(JobStatus.ERROR);
    log(by, id);
    return ended;
  }

  private static List<String> log(TestClient of, String id) {
    var records = new ArrayList<String>();
    of.jobs
        .withDeadlineAfter(Duration.ofMinutes(1))
        .readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build())
        .forEachRemaining(page ->
            page.getLogsList().forEach(record -> records.add(record.getContent().toStringUtf8())));
    return records;
  }

  private Path recording() {
    return folder.resolve("recording");
  }
}
