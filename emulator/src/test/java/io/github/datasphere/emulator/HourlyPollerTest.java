package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import org.junit.jupiter.api.Test;

/** A client that waits by the emulator's clock sees fourteen days of a job's life. */
class HourlyPollerTest extends WithTestDouble {
  private static final Duration LIFE = Duration.ofDays(14);
  private static final Duration URL_LIFE = Duration.ofDays(7);

  @Test
  void everyPollOfFourteenDaysIsAnsweredAndTheLastFindsTheDataGone() {
    var id = executed();
    for (int hour = 1; hour <= LIFE.toHours(); hour++) {
      emulator.clock().advance(Duration.ofHours(1));
      assertThat(client.get(id).getDataCleared())
          .as("cleared after %d hours", hour)
          .isEqualTo(hour == LIFE.toHours());
    }
    assertThat(emulator.journal().exchanges("Get")).hasSize((int) LIFE.toHours());
  }

  @Test
  void everyPollOfAJobThatRunsForFourteenDaysIsAnswered() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(LIFE));
    var id = client.execute("long");
    var seen = new EnumMap<JobStatus, Integer>(JobStatus.class);
    for (int hour = 0; hour < LIFE.toHours(); hour++) {
      seen.merge(client.get(id).getStatus(), 1, Integer::sum);
      emulator.clock().advance(Duration.ofHours(1));
    }
    assertThat(seen).containsOnlyKeys(JobStatus.EXECUTING).containsValue((int) LIFE.toHours());
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
    assertThat(emulator.journal().exchanges("Get")).hasSize((int) LIFE.toHours() + 1);
  }

  @Test
  void aUrlExpiresAtItsMinute() throws IOException {
    var id = executed();
    assertMinute(emulator.clock().now().plus(URL_LIFE), downloadUrl(id), 403);
  }

  @Test
  void dataExpireAtTheirMinute() throws IOException {
    var id = executed();
    var end = emulator.clock().now().plus(LIFE);
    emulator.clock().advance(LIFE.minus(Duration.ofDays(1)));
    assertMinute(end, downloadUrl(id), 404);
    assertThat(client.get(id).getDataCleared()).isTrue();
    assertThatThrownBy(() -> downloadUrl(id)).hasMessageContaining("FAILED_PRECONDITION");
  }

  private String executed() {
    var id = client.create(
        JobParameters.newBuilder()
            .setCmd("true")
            .addOutputFiles(FileDesc.newBuilder().setPath("out.txt")),
        "outputs");
    client.executeCreated(id);
    return id;
  }

  /** The answer changes from the minute before this instant to the instant itself. */
  private void assertMinute(Instant instant, URI url, int after) throws IOException {
    emulator.clock().advanceTo(instant.minus(Duration.ofMinutes(1)));
    assertThat(status(url)).isEqualTo(200);
    emulator.clock().advanceTo(instant);
    assertThat(status(url)).isEqualTo(after);
  }

  private URI downloadUrl(String id) {
    var reply = client.jobs.downloadJobFiles(DownloadProjectJobFilesRequest.newBuilder()
        .setJobId(id)
        .addFiles(client.get(id).getOutputFiles(0))
        .build());
    return URI.create(reply.getDownloadFiles(0).getUrl());
  }

  private static int status(URI url) throws IOException {
    var connection = (HttpURLConnection) url.toURL().openConnection();
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
