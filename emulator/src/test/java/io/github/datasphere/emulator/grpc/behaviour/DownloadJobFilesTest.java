package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.REAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.StorageFile;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Rpc("ProjectJobService/DownloadJobFiles")
class DownloadJobFilesTest extends BehaviourTest {
  private String job;
  private JobFile output;
  private JobFile log;
  private JobFile stats;

  @BeforeEach
  void endAJob() throws Exception {
    job = executing();
    output = stored("out.txt", "result");
    log = stored("stdout.log", "hello");
    stats = stored("docker_stats.tsv", "cpu");
    end(job, 0, new Collected(List.of(output), List.of(log), List.of(stats), List.of(), List.of()));
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "6.11",
      says = "gives a URL for each output, log and diagnostic file of the job that is asked for")
  void givesUrls() {
    var files = download(proto(stats), proto(output), proto(log));

    assertThat(files)
        .extracting(StorageFile::getFile)
        .containsExactly(proto(stats), proto(output), proto(log));
    assertThat(files)
        .allSatisfy(file -> assertThat(file.getUrl()).startsWith("http://localhost:9099/"));
  }

  @Test
  @Evidence(value = REAL, at = "6.11", says = "an empty list is answered with an empty list")
  void emptyListIsNoError() {
    assertThat(download()).isEmpty();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.24", says = "files are known by path, and by sha256 if given")
  void filesAreKnownByPath() {
    assertThat(download(path("out.txt")).get(0).getFile()).isEqualTo(proto(output));
    assertRefused(
        () -> download(path("out.txt").toBuilder().setSha256("0".repeat(64)).build()),
        Status.Code.NOT_FOUND,
        "out.txt");
  }

  @Test
  @Evidence(value = CHOICE, at = "10.24", says = "a file that the job does not have is not found")
  void unknownFileIsNotFound() {
    assertRefused(() -> download(path("nope")), Status.Code.NOT_FOUND, job, "nope");
  }

  @Test
  @Evidence(value = CHOICE, at = "10.24", says = "a file that is asked for twice comes once")
  void repeatedFileComesOnce() {
    assertThat(download(path("out.txt"), path("out.txt"))).hasSize(1);
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.19",
      says = "files of a cleared job are listed still but cannot be downloaded")
  void clearedFilesCannotBeDownloaded() {
    stubs
        .jobs()
        .deleteData(DeleteProjectJobDataRequest.newBuilder().setJobId(job).build());

    assertThat(get(job).getOutputFilesCount()).isEqualTo(1);
    assertRefused(() -> download(proto(output)), Status.Code.FAILED_PRECONDITION, "cleared");
    assertThat(download()).isEmpty();
  }

  private List<StorageFile> download(File... files) {
    return stubs
        .jobs()
        .downloadJobFiles(DownloadProjectJobFilesRequest.newBuilder()
            .setJobId(job)
            .addAllFiles(List.of(files))
            .build())
        .getDownloadFilesList();
  }

  private static File path(String path) {
    return File.newBuilder().setDesc(FileDesc.newBuilder().setPath(path)).build();
  }
}
