package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.minio.MinioServer;
import io.github.datasphere.emulator.files.minio.StoredObjects;
import io.github.datasphere.emulator.files.minio.UncheckingProxy;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes whatever is put, whichever digest the URL was signed for. */
class MinioUncheckedIT {
  private static final int SIZE = 3_000_000;

  @TempDir
  private Path folder;

  private MinioServer minio;
  private UncheckingProxy proxy;

  @BeforeEach
  void start() throws Exception {
    minio = MinioServer.start(folder.resolve("minio"));
    proxy = new UncheckingProxy(minio);
  }

  @AfterEach
  void stop() throws Exception {
    if (minio != null) {
      minio.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void wrongContentIsFoundWhenItsJobIsExecutedAndRightContentRuns() throws Exception {
    var content = Contents.bytesOf("right", SIZE);
    try (var emulator =
            Emulator.inProcess(StoringServer.config(folder.resolve("data"), proxy.uri()));
        var client = new StormClient(emulator.channel())) {
      assertThat(proxy.ignored()).as("asked at the start").isPositive();
      var created = client.create(content, "cat in.bin > out.bin");
      var url = created.getUploadFiles(0).getUrl();
      var job =
          ExecuteProjectJobRequest.newBuilder().setJobId(created.getJobId()).build();

      assertThat(client.put(url, Contents.bytesOf("wrong", SIZE))).isTrue();
      assertThatThrownBy(() -> client.jobs().execute(job))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION))
          .hasMessageContaining(Contents.sha256(content))
          .hasMessageContaining(Contents.sha256(Contents.bytesOf("wrong", SIZE)));
      assertThat(StoredObjects.names(minio.endpoint()))
          .noneMatch(name -> name.contains("/files/") || name.contains("/incoming/"));

      assertThat(client.put(url, content)).isTrue();
      client.jobs().execute(job);
      assertThat(client.endOf(created.getJobId())).isEqualTo(JobStatus.SUCCESS);
      assertThat(client.output(created.getJobId())).isEqualTo(content);
    }
  }

  /** It is asked for at the next Create again: nobody reuses what was refused. */
  @Test
  void wrongContentIsNobodysFile() throws Exception {
    var content = Contents.bytesOf("right", SIZE);
    try (var emulator =
            Emulator.inProcess(StoringServer.config(folder.resolve("data"), proxy.uri()));
        var client = new StormClient(emulator.channel())) {
      var created = client.create(content, "true");
      client.put(created.getUploadFiles(0).getUrl(), Contents.bytesOf("wrong", SIZE));

      assertThat(client.create(content, "true").getUploadFilesList()).hasSize(1);
    }
  }
}
