package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.proto.datasphere.GetProjectRequest;
import io.github.datasphere.proto.datasphere.ListProjectsRequest;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing of a world is found in the next one; each field that could leak has its test. */
class ResetTest extends WithTestDouble {
  @Test
  void jobsAndOperationsAreGone() {
    var id = client.create("a");
    var operation = client.executeCreated(id).getId();
    emulator.reset();
    assertThat(emulator.jobs()).isEmpty();
    var operations = OperationServiceGrpc.newBlockingStub(client.jobs.getChannel())
        .withInterceptors(TestClient.authorized());
    assertThatThrownBy(() -> operations.get(
            GetOperationRequest.newBuilder().setOperationId(operation).build()))
        .hasMessageContaining("NOT_FOUND");
  }

  @Test
  void projectsAreGone() {
    var projects = ProjectServiceGrpc.newBlockingStub(client.jobs.getChannel())
        .withInterceptors(TestClient.authorized());
    client.create("a");
    var community = projects
        .get(GetProjectRequest.newBuilder().setProjectId("bt1project").build())
        .getCommunityId();
    var all = ListProjectsRequest.newBuilder().setCommunityId(community).build();
    assertThat(projects.list(all).getProjectsCount()).isEqualTo(1);
    emulator.reset();
    assertThat(projects.list(all).getProjectsCount()).isZero();
  }

  @Test
  void theQuotaIsTheOneOfTheConfigurationAgain() {
    emulator.givenQuota(1);
    emulator.givenJob(seed -> seed.status(JobStatus.EXECUTING));
    emulator.reset();
    emulator.givenJob(seed -> seed.status(JobStatus.EXECUTING));
    assertThat(client.get(client.execute("a")).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void storedFilesAreGone() throws Exception {
    var content = "data".getBytes(StandardCharsets.UTF_8);
    var digest = emulator.givenFile("bt1project", content);
    assertThat(uploads(digest, content.length)).isZero();
    emulator.reset();
    assertThat(uploads(digest, content.length)).isEqualTo(1);
  }

  @Test
  void logsAreGoneAlsoForAJobWithTheSameId() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.stdout("old\n"));
    var id = client.execute("a");
    emulator.reset();
    assertThat(client.execute("a")).isEqualTo(id);
    assertThat(emulator.log(id, "stdout")).isEmpty();
  }

  @Test
  void theTimeIsThatOfTheBeginning() {
    emulator.clock().advance(Duration.ofDays(14));
    var late = emulator.clock().now();
    emulator.reset();
    assertThat(emulator.clock().now()).isBefore(late.minus(Duration.ofDays(13)));
  }

  @Test
  void timersOfTheOldWorldNeverFire() {
    var seen = new ArrayList<String>();
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.after(Duration.ofHours(1)).performs(job -> seen.add(job.id())));
    client.execute("a");
    emulator.reset();
    emulator.clock().advance(Duration.ofDays(1));
    assertThat(seen).isEmpty();
  }

  @Test
  void scriptsAndJobsWithoutScriptAreForgotten() {
    client.execute("unmatched");
    emulator.whenExecuted(job -> true).thenRun(script -> script.exits(1));
    emulator.reset();
    assertThat(emulator.undone()).isEmpty();
    assertThat(client.get(client.execute("a")).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void faultsAreForgotten() {
    emulator.faults().on("Get").always().failWith(Status.UNAVAILABLE);
    emulator.reset();
    assertThat(emulator.faults().ordered()).isEmpty();
    client.get(client.create("a"));
  }

  @Test
  void journalAndTimelineAreEmpty() {
    client.execute("a");
    emulator.reset();
    assertThat(emulator.journal().exchanges()).isEmpty();
    assertThat(emulator.timeline().jobs()).isEmpty();
  }

  @Test
  void secretsAreForgotten() {
    emulator.givenSecret("TOKEN", "old");
    emulator.reset();
    var seen = new ArrayList<Boolean>();
    emulator
        .whenExecuted(job -> true)
        .thenRun(
            script -> script.performs(job -> seen.add(job.environment().containsKey("TOKEN"))));
    client.execute("a");
    assertThat(seen).containsExactly(false);
  }

  @Test
  void fromInsideAScriptOrCallbackItIsRefusedWithAdvice() {
    var savepoint = emulator.save();
    var failures = new ArrayList<Throwable>();
    Runnable resetAndRestore = () -> {
      failures.add(catchThrowable(emulator::reset));
      failures.add(catchThrowable(() -> emulator.restore(savepoint)));
    };
    emulator
        .whenExecuted(job -> {
          resetAndRestore.run();
          return true;
        })
        .thenRun(
            script -> script.lasts(Duration.ofHours(1)).performs(job -> resetAndRestore.run()));
    var id = client.execute("a");
    emulator.clock().advance(Duration.ofHours(1));

    assertThat(failures)
        .hasSize(4)
        .allSatisfy(failure -> assertThat(failure)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("from inside a script or callback")
            .hasMessageContaining("do it in the test"));
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
    emulator.reset();
    assertThat(emulator.jobs()).isEmpty();
  }

  @Test
  void idsBeginAnew() {
    var first = List.of(client.create("a"), client.create("b"));
    emulator.reset();
    assertThat(List.of(client.create("a"), client.create("b"))).isEqualTo(first);
  }

  @Test
  void twoEmulatorsOfOneProcessShareNothing() {
    try (var other = Emulator.inProcess();
        var second = new TestClient(other.channel())) {
      other.whenExecuted(job -> true).thenRun(Script.empty().exits(1));
      other.faults().on("Get").always().failWith(Status.UNAVAILABLE);
      other.givenSecret("TOKEN", "theirs");
      second.execute("theirs");
      other.clock().advance(Duration.ofDays(1));

      assertThat(client.get(client.execute("ours")).getStatus()).isEqualTo(JobStatus.SUCCESS);
      assertThat(emulator.jobs()).hasSize(1);
      assertThat(emulator.journal().exchanges("Create")).hasSize(1);
      assertThat(emulator.clock().now()).isBefore(other.clock().now());
    }
  }

  /** How many files a job with this input has to upload. */
  private int uploads(String digest, int size) throws Exception {
    var parameters = JobParameters.newBuilder()
        .setCmd("true")
        .addInputFiles(File.newBuilder()
            .setDesc(FileDesc.newBuilder().setPath("in.txt"))
            .setSha256(digest)
            .setSizeBytes(size)
            .setCompressionType(FileCompressionType.NONE));
    client.create(parameters, "reads");
    var calls = emulator.journal().exchanges("Create");
    var reply = (io.github.datasphere.proto.operation.Operation)
        java.util.Objects.requireNonNull(calls.get(calls.size() - 1).reply());
    assertThat(calls.get(0).request()).isInstanceOf(CreateProjectJobRequest.class);
    return reply.getResponse().unpack(CreateProjectJobResponse.class).getUploadFilesCount();
  }
}
