package io.github.datasphere.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.files.minio.MinioServer;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose clock is not MinIO's. */
@EnabledOnOs(OS.LINUX)
class MinioClockIT {
  private static final Duration WRONG = Duration.ofHours(1);

  @TempDir
  private Path folder;

  private MinioServer minio;
  private WrongClock clock;

  @BeforeEach
  void start() throws Exception {
    minio = MinioServer.start(folder.resolve("minio"));
    Preload.assumeBuildable();
    clock = WrongClock.build(folder);
  }

  @AfterEach
  void stop() {
    if (minio != null) {
      minio.close();
    }
  }

  @Test
  void aServerDoesNotStartAndSaysWhatToDo() throws Exception {
    clock.put(WRONG.negated());
    try (var server = server()) {
      assertThat(server.serves()).isFalse();
      assertThat(server.said())
          .contains("its clock and this machine's differ by 3")
          .contains("Set the clocks right")
          .contains(minio.endpoint().toString());
    }
  }

  @Test
  void jobsEndWithTheReasonAndTheNextGoWellOnceTheClockIsRight() throws Exception {
    var gate = folder.resolve("gate");
    try (var server = server();
        var client = new StormClient(server.channel())) {
      var waits = client.run(
          "waits".getBytes(UTF_8),
          "while ! [ -e " + gate + " ]; do sleep 0.1; done; cat in.bin > out.bin; date >> out.bin");
      client.awaitExecuting(waits);
      clock.put(WRONG);

      assertThatThrownBy(() -> client.create("refused".getBytes(UTF_8), "true"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION))
          .hasMessageContaining("its clock and this machine's differ by 3")
          .hasMessageContaining("Set the clocks right");
      Files.createFile(gate);
      assertThat(client.endOf(waits)).isEqualTo(JobStatus.ERROR);
      assertThat(client.reasons(waits))
          .anyMatch(reason -> reason.contains("clock") && reason.contains("Set the clocks right"));

      clock.put(Duration.ZERO);
      var content = "the clock is right".getBytes(UTF_8);
      var goesWell = client.run(content);
      assertThat(client.endOf(goesWell)).isEqualTo(JobStatus.SUCCESS);
      assertThat(client.output(goesWell)).isEqualTo(content);
    }
  }

  private StoringServer server() throws Exception {
    return StoringServer.start(
        folder.resolve("data"), minio.endpoint(), List.of(), clock.environment());
  }
}
