package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that asks once an hour, for as long as the service keeps the data of a job. */
class FortnightOfPollsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int HOURS = 14 * 24;

  private final Emulator emulator = Emulator.inProcess();
  private final TestClient client = new TestClient(emulator.channel());

  @BeforeEach
  void orderScripts() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.writes("out.txt", "weights"));
    emulator
        .whenExecuted(job -> job.name().equals("long"))
        .thenRun(script -> script.lasts(Duration.ofDays(14)));
  }

  @AfterEach
  void close() {
    client.close();
    emulator.close();
  }

  @Test
  void everyPollIsAnswered() {
    var id = client.execute("long");
    var seen = new EnumMap<JobStatus, Integer>(JobStatus.class);
    for (int hour = 0; hour < HOURS; hour++) {
      seen.merge(client.get(id).getStatus(), 1, Integer::sum);
      emulator.clock().advance(HOUR);
    }
    assertThat(seen).containsOnlyKeys(JobStatus.EXECUTING).containsValue(HOURS);
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
    assertThat(emulator.journal().exchanges("Get")).hasSize(HOURS + 1);
  }

  @Test
  void aUrlIsGoodForSevenDaysToTheMinute() throws Exception {
    var url = client.outputUrl();
    emulator.clock().advance(Duration.ofDays(7).minus(MINUTE));
    assertThat(statusOf(url)).isEqualTo(200);
    emulator.clock().advance(MINUTE);
    assertThat(statusOf(url)).isEqualTo(403);
  }

  @Test
  void dataAreThereForFourteenDaysToTheMinute() {
    client.outputUrl();
    var id = emulator.jobs().get(0).id().value();
    emulator.clock().advance(Duration.ofDays(14).minus(MINUTE));
    assertThat(client.get(id).getDataCleared()).isFalse();
    assertThat(client.jobs.downloadJobFiles(files(id)).getDownloadFilesList()).hasSize(1);
    emulator.clock().advance(MINUTE);
    assertThat(client.get(id).getDataCleared()).isTrue();
    assertThatThrownBy(() -> client.jobs.downloadJobFiles(files(id)))
        .hasMessageContaining("FAILED_PRECONDITION");
  }

  private DownloadProjectJobFilesRequest files(String id) {
    return DownloadProjectJobFilesRequest.newBuilder()
        .setJobId(id)
        .addAllFiles(client.get(id).getOutputFilesList())
        .build();
  }

  private static int statusOf(String url) throws IOException {
    return ((HttpURLConnection) URI.create(url).toURL().openConnection()).getResponseCode();
  }
}
