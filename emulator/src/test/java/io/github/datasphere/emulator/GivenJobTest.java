package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GivenJobTest extends WithTestDouble {
  @ParameterizedTest
  @EnumSource(names = {"CREATING", "PREPARING", "EXECUTING", "SUCCESS", "ERROR", "CANCELLED"})
  void aJobStaysInTheStateThatItIsGivenIn(JobStatus status) {
    var id = emulator.givenJob(job -> job.status(status));
    assertThat(client.get(id).getStatusValue()).isEqualTo(status.getNumber());
  }

  @Test
  void aJobThatEndedBadlySaysWhyAsOneThatRan() {
    var failed = emulator.givenJob(job -> job.status(JobStatus.ERROR));
    var cancelled = emulator.givenJob(job -> job.status(JobStatus.CANCELLED));
    assertThat(client.get(failed).getStatusDetails()).isEqualTo("Program returned code 1");
    assertThat(client.get(cancelled).getStatusDetails())
        .isEqualTo("Canceled by user")
        .isEqualTo(client.executeCreated(cancelled).getError().getMessage());
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLING", "UPLOADING_OUTPUT"})
  void aStateThatIsOnlyAMomentIsRefusedWithAdvice(JobStatus status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> emulator.givenJob(job -> job.status(status)))
        .withMessageContaining("put it in as EXECUTING");
  }

  @Test
  void aJobOfLastWeekLosesItsDataNextWeek() {
    var id = emulator.givenJob(job -> job.age(Duration.ofDays(7)));
    emulator.clock().advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(client.get(id).getDataCleared()).isFalse();
    emulator.clock().advance(Duration.ofSeconds(1));
    assertThat(client.get(id).getDataCleared()).isTrue();
  }

  @Test
  void aJobOlderThanItsDataHasLostThem() {
    var id = emulator.givenJob(job -> job.age(Duration.ofDays(20)));
    assertThat(client.get(id).getDataCleared()).isTrue();
  }

  @Test
  void aRunningJobGoesOnByItsScript() {
    var script = Script.empty().lasts(Duration.ofHours(1)).exits(3);
    var id = emulator.givenJob(job -> job.running(script).age(Duration.ofDays(1)));
    assertThat(client.get(id).getStatusValue()).isEqualTo(JobStatus.EXECUTING_VALUE);
    emulator.clock().advance(Duration.ofHours(1));
    assertThat(client.get(id).getStatusValue()).isEqualTo(JobStatus.ERROR_VALUE);
  }

  @Test
  void aRunningJobWithoutScriptRunsUntilItIsCancelled() {
    var id = emulator.givenJob(job -> job.status(JobStatus.EXECUTING));
    emulator.clock().advance(Duration.ofDays(30));
    assertThat(client.get(id).getStatusValue()).isEqualTo(JobStatus.EXECUTING_VALUE);
    client.jobs.cancel(CancelProjectJobRequest.newBuilder().setJobId(id).build());
    assertThat(client.get(id).getStatusValue()).isEqualTo(JobStatus.CANCELLED_VALUE);
  }

  @Test
  void itsOutputsAndLogsCanBeRead() throws Exception {
    var id = emulator.givenJob(job -> job.output("model.bin", "weights").stdout("epoch 1\n"));
    var logs =
        client.jobs.readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build());
    assertThat(logs.next().getLogs(0).getContent().toStringUtf8()).isEqualTo("epoch 1\n");
    var file = client.get(id).getOutputFiles(0);
    var url = client
        .jobs
        .downloadJobFiles(DownloadProjectJobFilesRequest.newBuilder()
            .setJobId(id)
            .addFiles(file)
            .build())
        .getDownloadFiles(0)
        .getUrl();
    try (var content = URI.create(url).toURL().openStream()) {
      assertThat(content.readAllBytes()).asString().isEqualTo("weights");
    }
  }

  @Test
  void itsLogsAreFilesToo() throws Exception {
    var id = emulator.givenJob(job -> job.stdout("epoch 1\n"));
    var files = client.get(id).getLogFilesList();
    assertThat(files)
        .extracting(file -> file.getDesc().getPath())
        .containsExactly("stdout.log", "stderr.log", "system.log");
    var urls = client.jobs.downloadJobFiles(DownloadProjectJobFilesRequest.newBuilder()
        .setJobId(id)
        .addAllFiles(files)
        .build());
    try (var content = URI.create(urls.getDownloadFiles(0).getUrl()).toURL().openStream()) {
      assertThat(content.readAllBytes()).asString().isEqualTo("epoch 1\n");
    }
  }

  @Test
  void tenThousandJobsCanBeListed() {
    for (int i = 0; i < 10_000; i++) {
      emulator.givenJob(job -> job.project("bt1many"));
    }
    var page = client.jobs.list(ListProjectJobRequest.newBuilder()
        .setProjectId("bt1many")
        .setPageSize(100)
        .build());
    assertThat(page.getJobsCount()).isEqualTo(100);
    assertThat(emulator.jobs()).hasSize(10_000);
  }
}
