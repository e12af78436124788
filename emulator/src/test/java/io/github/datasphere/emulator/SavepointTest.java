package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.runner.scripted.Gate;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.proto.iam.CreateIamTokenRequest;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.github.datasphere.proto.iam.RevokeIamTokenRequest;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.GracefulShutdownParameters;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SavepointTest extends WithTestDouble {
  private static final int LARGE = (1 << 20) + 1;

  @Test
  void theQuotaIsAsItWas() {
    emulator.givenJob(seed -> seed.status(JobStatus.EXECUTING));
    emulator.givenQuota(1);
    var refused = client.execute("before");
    var savepoint = emulator.save();
    emulator.givenQuota(9);

    emulator.restore(savepoint);
    var refusedAfter = client.execute("after");
    emulator.clock().advance(Duration.ofSeconds(3));

    assertThat(client.get(refused).getStatus()).isEqualTo(JobStatus.ERROR);
    assertThat(client.get(refusedAfter).getStatus()).isEqualTo(JobStatus.ERROR);
  }

  @Test
  void jobsOperationsAndTheTimeAreAsTheyWere() {
    var kept = client.execute("kept");
    var then = emulator.clock().now();
    var savepoint = emulator.save();

    emulator.clock().advance(Duration.ofDays(30));
    var later = client.execute("later");
    emulator.restore(savepoint);

    assertThat(emulator.clock().now()).isEqualTo(then);
    assertThat(client.get(kept).getDataCleared()).isFalse();
    assertThatThrownBy(() -> client.get(later))
        .satisfies(e -> assertThat(TestClient.codeOf(e)).isEqualTo(Status.Code.NOT_FOUND));
    emulator.clock().advance(Duration.ofDays(14));
    assertThat(client.get(kept).getDataCleared()).isTrue();
  }

  @Test
  void aRunningJobGoesOnWhereItWasInItsScript() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script
            .stdout("one\n")
            .after(Duration.ofMinutes(10))
            .stdout("two\n")
            .after(Duration.ofMinutes(10))
            .stdout("three\n")
            .exits(7));
    var id = client.execute("a");
    emulator.clock().advance(Duration.ofMinutes(15));
    var savepoint = emulator.save();

    for (int i = 0; i < 3; i++) {
      emulator.clock().advance(Duration.ofMinutes(4));
      assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.EXECUTING);
      emulator.clock().advance(Duration.ofMinutes(1));
      assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.ERROR);
      assertThat(stdout(id)).isEqualTo("one\ntwo\nthree\n");
      emulator.restore(savepoint);
    }
    assertThat(stdout(id)).isEqualTo("one\ntwo\n");
  }

  @Test
  void aJobThatIsBeingPreparedOrEndsGracefullyGoesOnToo() {
    emulator
        .whenExecuted(job -> job.name().equals("prepared"))
        .thenRun(script -> script.preparesFor(Duration.ofMinutes(2)).exits(0));
    emulator
        .whenExecuted(job -> job.name().equals("graceful"))
        .thenRun(script -> script
            .lasts(Duration.ofDays(1))
            .onSignal(
                Script.empty().stdout("bye\n").after(Duration.ofSeconds(20)).exits(0)));
    var prepared = client.execute("prepared");
    var graceful = client.create(
        JobParameters.newBuilder()
            .setCmd("true")
            .setGracefulShutdownParameters(
                GracefulShutdownParameters.newBuilder().setSignal(15)),
        "graceful");
    client.executeCreated(graceful);
    client.jobs.cancel(CancelProjectJobRequest.newBuilder()
        .setJobId(graceful)
        .setGraceful(true)
        .build());
    emulator.clock().advance(Duration.ofSeconds(10));
    var savepoint = emulator.save();
    emulator.clock().advance(Duration.ofMinutes(1));
    assertThat(client.get(graceful).getStatus()).isEqualTo(JobStatus.CANCELLED);

    emulator.restore(savepoint);

    assertThat(client.get(prepared).getStatus()).isEqualTo(JobStatus.PREPARING);
    assertThat(client.get(graceful).getStatus()).isEqualTo(JobStatus.CANCELLING);
    emulator.clock().advance(Duration.ofSeconds(10));
    assertThat(client.get(graceful).getStatus()).isEqualTo(JobStatus.CANCELLED);
    assertThat(stdout(graceful)).isEqualTo("bye\n");
    emulator.clock().advance(Duration.ofSeconds(100));
    assertThat(client.get(prepared).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void aJobWhoseOutputsAreBeingUploadedGoesOnToo() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(
            script -> script.writes("out.txt", "kept").exits(0).uploadsFor(Duration.ofMinutes(2)));
    var id = client.create(
        JobParameters.newBuilder()
            .setCmd("true")
            .addOutputFiles(FileDesc.newBuilder().setPath("out.txt")),
        "a");
    client.executeCreated(id);
    emulator.clock().advance(Duration.ofMinutes(1));
    var savepoint = emulator.save();
    emulator.clock().advance(Duration.ofHours(1));

    emulator.restore(savepoint);

    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.UPLOADING_OUTPUT);
    emulator.clock().advance(Duration.ofMinutes(1));
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
    assertThat(client.get(id).getOutputFilesCount()).isEqualTo(1);
  }

  @Test
  void aGateThatWasOpenedSinceIsShutAgain() {
    var gate = new Gate("data");
    emulator.whenExecuted(job -> true).thenRun(script -> script.waitsFor(gate).exits(0));
    var id = client.execute("a");
    var savepoint = emulator.save();
    gate.open();
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);

    emulator.restore(savepoint);

    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.EXECUTING);
    gate.open();
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void scriptsFaultsJournalAndTimelineAreAsTheyWere() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.exits(1))
        .thenRun(script -> script.exits(2));
    emulator.faults().on("Get").nth(2).failWith(Status.UNAVAILABLE);
    var first = client.execute("first");
    client.get(first);
    var calls = emulator.journal().exchanges();
    var events = emulator.timeline().of(first);
    var savepoint = emulator.save();

    for (int i = 0; i < 2; i++) {
      assertThat(emulator.journal().exchanges()).isEqualTo(calls);
      assertThat(emulator.timeline().of(first)).isEqualTo(events);
      assertThat(unused()).hasSize(1);
      assertThat(emulator.faults().pending()).hasSize(1);

      assertThatThrownBy(() -> client.get(first)).hasMessageContaining("UNAVAILABLE");
      client.execute("second");
      client.jobs.cancel(CancelProjectJobRequest.newBuilder().setJobId(first).build());
      assertThat(unused()).isEmpty();
      emulator.whenExecuted(job -> true);
      emulator.faults().failNext(5, "Create", Status.ABORTED);
      emulator.restore(savepoint);
    }
  }

  @Test
  void idsGoOnFromTheSavepoint() {
    client.create("before");
    var savepoint = emulator.save();
    var one = client.create("one");
    emulator.restore(savepoint);
    assertThat(client.create("again")).isEqualTo(one);
  }

  @Test
  void filesThatWereDeletedSinceAreThereAgain() throws IOException {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.writes("small", "s").writes("large", new byte[LARGE]));
    var id = client.create(
        JobParameters.newBuilder()
            .setCmd("true")
            .addOutputFiles(FileDesc.newBuilder().setPath("small"))
            .addOutputFiles(FileDesc.newBuilder().setPath("large")),
        "outputs");
    client.executeCreated(id);
    var savepoint = emulator.save();

    for (int i = 0; i < 2; i++) {
      emulator.clock().advance(Duration.ofDays(14));
      assertThat(client.get(id).getDataCleared()).isTrue();
      emulator.restore(savepoint);
      assertThat(output(id, 0)).asString().isEqualTo("s");
      assertThat(output(id, 1)).hasSize(LARGE);
    }
  }

  @Test
  void anOpenLogStreamEndsCancelledAndIsOverInTheJournal() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofDays(1)));
    var stream = client.jobs.readLogs(
        ReadProjectJobLogsRequest.newBuilder().setJobId(client.execute("a")).build());
    var savepoint = emulator.save();
    emulator.restore(savepoint);
    assertThatThrownBy(stream::hasNext)
        .satisfies(e -> assertThat(TestClient.codeOf(e)).isEqualTo(Status.Code.CANCELLED));
    assertThat(emulator.journal().open()).isEmpty();
  }

  @Test
  void aCallThatAnOrderedDelayHeldUpEndsCancelledWithItsWorld() throws Exception {
    var id = client.execute("a");
    emulator.faults().on("Get").delayBy(Duration.ofHours(1));
    var jobs = ProjectJobServiceGrpc.newFutureStub(client.jobs.getChannel())
        .withInterceptors(TestClient.authorized());
    var held = jobs.get(GetProjectJobRequest.newBuilder().setJobId(id).build());
    emulator.reset();
    assertThatThrownBy(() -> held.get(10, TimeUnit.SECONDS))
        .rootCause()
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("during an ordered delay");
  }

  @Test
  void lateEventsOfTheOldWorldChangeNothing() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.after(Duration.ofHours(1)).stdout("late\n").exits(3));
    var savepoint = emulator.save();
    var id = client.execute("a");
    var oldClock = emulator.clock();
    emulator.restore(savepoint);
    assertThat(client.execute("a")).isEqualTo(id);

    oldClock.advance(Duration.ofHours(2));

    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.EXECUTING);
    assertThat(stdout(id)).isEmpty();
    assertThat(emulator.clock().now()).isEqualTo(oldClock.now().minus(Duration.ofHours(2)));
  }

  @Test
  void aSavepointOfAnotherEmulatorIsRefused() {
    try (var other = Emulator.inProcess()) {
      var savepoint = other.save();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> emulator.restore(savepoint))
          .withMessageContaining("another emulator");
    }
  }

  @Test
  void savingFromInsideAScriptIsRefusedWithAdvice() {
    var failures = new ArrayList<Throwable>();
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.performs(job -> {
          try {
            emulator.save();
          } catch (IllegalStateException e) {
            failures.add(e);
          }
        }));
    client.execute("a");
    assertThat(failures)
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessageContaining("from inside a script"));
  }

  @Test
  void anEmulatorThatRunsTheCommandsItselfHasNone() {
    var config = EmulatorConfig.onFreePorts();
    try (var real = Emulator.inProcess(config.with(config.jobs().with(RunnerKind.PROCESS)))) {
      assertThatIllegalStateException().isThrownBy(real::save).withMessageContaining("scripted");
    }
  }

  @Test
  void aTokenThatWasRevokedSinceIsGoodAgain() {
    var tokens = IamTokenServiceGrpc.newBlockingStub(client.jobs.getChannel())
        .withInterceptors(TestClient.authorized());
    var token = tokens
        .create(CreateIamTokenRequest.newBuilder()
            .setYandexPassportOauthToken("oauth")
            .build())
        .getIamToken();
    var savepoint = emulator.save();
    var request = RevokeIamTokenRequest.newBuilder().setIamToken(token).build();
    tokens.revoke(request);
    assertThatThrownBy(() -> tokens.revoke(request)).hasMessageContaining("is revoked");

    emulator.restore(savepoint);
    tokens.revoke(request);
    emulator.reset();
    tokens.revoke(request);
  }

  private String stdout(String id) {
    return emulator.log(id, "stdout");
  }

  private List<String> unused() {
    return emulator.undone().stream()
        .filter(problem -> problem.startsWith("a script was never run"))
        .toList();
  }

  private byte[] output(String id, int index) throws IOException {
    var file = emulator.job(id).orElseThrow().getOutputFiles(index);
    URI url = emulator.downloadUrl(id, file.getDesc().getPath()).orElseThrow();
    try (var content = url.toURL().openStream()) {
      return content.readAllBytes();
    }
  }
}
