package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.check.ServiceCheck;
import io.github.datasphere.emulator.check.ServiceReport;
import io.github.datasphere.emulator.check.ServiceTarget;
import io.github.datasphere.emulator.check.ServiceTerms;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.proto.jobs.CreateProjectJobMetadata;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording is reissued at another emulator, which stands for the service. */
class ServiceCheckTest {
  private static final String PROJECT = "bt1checkedproject000";
  private static final Duration BUDGET = Duration.ofMinutes(5);

  private final Emulator recorded = Emulator.inProcess();
  private final TestClient client = new TestClient(recorded.channel());
  private Emulator service;
  private ManagedChannel channel;

  @TempDir
  Path folder;

  @BeforeEach
  void start() {
    var config = EmulatorConfig.onFreePorts();
    service = Emulator.inProcess(config.with(config.jobs().with(RunnerKind.SCRIPTED)));
    channel = service.channel();
    service.whenExecuted(job -> true).thenRun(script("hello\n"));
  }

  @AfterEach
  void stop() {
    client.close();
    recorded.close();
    if (channel != null) {
      channel.shutdownNow();
    }
    if (service != null) {
      service.close();
    }
  }

  @Test
  void aServiceThatAnswersAlikeHasNotChanged() throws Exception {
    var there = service.givenJob(job -> job.project(PROJECT));
    record("c1.4");
    var report = check();

    assertThat(report.changed()).isEmpty();
    assertThat(report.notReissuable()).isEmpty();
    assertThat(report.compared()).isEqualTo(6);
    assertThat(report.isGood()).isTrue();
    assertThat(report.deleted()).hasSize(1);
    assertThat(service.jobs()).extracting(job -> job.getId()).containsExactly(there);
  }

  @Test
  void whatTheServiceSaysNowIsToldAsChanged() throws Exception {
    service.whenExecuted(job -> true).thenRun(script("good bye\n").exits(3));
    record("c1.4");
    var report = check();

    assertThat(report.changed())
        .extracting(difference -> difference.path())
        .contains(
            "call 4 ProjectJobService.ReadLogs log of OUT",
            "call 5 ProjectJobService.Get" + " reply.status");
    assertThat(report.isGood()).isFalse();
    assertThat(report.deleted()).hasSize(1);
    assertThat(service.jobs()).isEmpty();
  }

  @Test
  void aJobThatHasEndedEarlierIsNoChange() throws Exception {
    recorded.whenExecuted(job -> true).thenRun(script("hello\n").lasts(Duration.ofMinutes(2)));
    client.executed(client.create("asked once"));
    var report = check();

    assertThat(report.changed()).isEmpty();
    assertThat(report.notReissuable())
        .containsExactly("call 3 OperationService.Get, which was made while its job ran; now the"
            + " job has ended by then");
  }

  @Test
  void whatThisCheckDidNotMakeIsNotChanged() throws Exception {
    var old = recorded.givenJob(job -> job.project("bt1project"));
    record("c1.4");
    client.jobs.delete(DeleteProjectJobRequest.newBuilder().setJobId(old).build());
    var report = check();

    assertThat(report.notReissuable())
        .containsExactly("call 7 ProjectJobService.Delete, which would change what this check has"
            + " not made");
    assertThat(service.journal().exchanges("Delete")).hasSize(1);
    assertThat(report.isGood()).isTrue();
  }

  @Test
  void jobsAreOfTheSmallestType() throws Exception {
    record("g1.1");
    var report = check();

    assertThat(report.changed()).isEmpty();
    assertThat(service.journal().exchanges("Create").get(0).request())
        .asString()
        .contains("c1.4")
        .doesNotContain("g1.1");
  }

  @Test
  void aServiceThatIsAwayIsNotReachable() throws Exception {
    record("c1.4");
    channel.shutdownNow();
    var report = check();

    assertThat(report.notReachable())
        .containsExactly("the jobs of project " + PROJECT + " cannot be listed");
    assertThat(report.changed()).isEmpty();
    assertThat(report.isGood()).isFalse();
  }

  @Test
  void moreThanTheBudgetIsNotBegun() throws Exception {
    record("c1.4");
    var recording = save();

    assertThatThrownBy(() -> ServiceCheck.of(
            recording, new Service(), new ServiceTerms(PROJECT, Duration.ofSeconds(90), "c1.4")))
        .hasMessageContaining("ran for 120 s, and the budget is 90 s: nothing was asked");
    assertThat(service.journal().exchanges()).isEmpty();
  }

  /** Makes six calls for one job of two minutes. */
  private void record(String type) throws Exception {
    recorded.whenExecuted(job -> true).thenRun(script("hello\n").lasts(Duration.ofMinutes(2)));
    var request = TestClient.creation(
        JobParameters.newBuilder()
            .setCmd("echo hello")
            .addOutputFiles(FileDesc.newBuilder().setPath("out.txt")),
        "reissued")
        .toBuilder();
    request.getJobParametersBuilder().getCloudInstanceTypesBuilder(0).setName(type);
    var id = client
        .jobs
        .create(request.build())
        .getMetadata()
        .unpack(CreateProjectJobMetadata.class)
        .getJobId();
    var operation = client.executed(id).getId();
    recorded.clock().advance(Duration.ofMinutes(2));
    client
        .jobs
        .readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build())
        .forEachRemaining(page -> {});
    client.get(id);
    client.operation(operation);
  }

  private static Script script(String text) {
    return Script.empty().stdout(text).writes("out.txt", "result");
  }

  private Recording save() {
    recorded.journal().saveTo(folder.resolve("out"));
    return Recording.read(folder.resolve("out"), new Api());
  }

  private ServiceReport check() throws Exception {
    service.journal();
    return ServiceCheck.of(save(), new Service(), new ServiceTerms(PROJECT, BUDGET, "c1.4"));
  }

  private final class Service implements ServiceTarget {
    @Override
    public Channel channel(String host) {
      return ClientInterceptors.intercept(channel, List.of(TestClient.authorized()));
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
      synchronized (this) {
        wait(20);
      }
    }
  }
}
