package io.github.datasphere.emulator.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectUploadsTest {
  private static final String PROJECT = "bt1project0000000000";

  private Emulator emulator;
  private ManagedChannel channel;
  private DirectUploads uploads;

  @BeforeEach
  void start() {
    emulator = Emulator.inProcess(
        EmulatorConfig.onFreePorts().with(JobsConfig.defaults().with(RunnerKind.PROCESS)));
    channel = emulator.channel();
    uploads = emulator.uploads().orElseThrow();
  }

  @AfterEach
  void stop() {
    if (emulator != null) {
      channel.shutdownNow();
      emulator.close();
    }
  }

  @Test
  void contentIsStoredForEveryJobOnceItIsPublished() throws Exception {
    try (var upload = take("content")) {
      var job = create(upload);

      upload.publish(url(job));

      assertThat(upload.sizeBytes()).isEqualTo(7);
      assertThat(create(upload).getUploadFilesList()).isEmpty();
    }
  }

  @Test
  void contentThatIsNotPublishedIsNotThere() throws Exception {
    try (var upload = take("content")) {
      create(upload);

      assertThat(create(upload).getUploadFilesList()).hasSize(1);
    }
  }

  @Test
  void contentOtherThanAnnouncedIsRefused() throws Exception {
    try (var announced = take("content");
        var other = take("another")) {
      var url = url(create(announced));

      assertThatThrownBy(() -> other.publish(url))
          .isInstanceOf(FileRejectedException.class)
          .hasMessageContaining("Expected 7 bytes with sha256 " + announced.sha256());
      assertThat(create(announced).getUploadFilesList()).hasSize(1);
    }
  }

  @Test
  void urlThatTheEmulatorDidNotGiveIsRefused() throws Exception {
    try (var upload = take("content")) {
      var forged = URI.create(url(create(upload)).toString().replace("size=7", "size=8"));

      assertThatThrownBy(() -> upload.publish(forged))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not belong to this emulator");
    }
  }

  @Test
  void jobThatIsGoneGetsNothing() throws Exception {
    try (var upload = take("content")) {
      var job = create(upload);
      var ignored = jobs()
          .delete(DeleteProjectJobRequest.newBuilder().setJobId(job.getJobId()).build());

      assertThatThrownBy(() -> upload.publish(url(job)))
          .isInstanceOf(IOException.class)
          .hasMessage("Job not found");
    }
  }

  private DirectUploads.Upload take(String content) throws IOException {
    return uploads.take(PROJECT, new ByteArrayInputStream(content.getBytes(UTF_8)));
  }

  private static URI url(CreateProjectJobResponse job) {
    return URI.create(job.getUploadFiles(0).getUrl());
  }

  private CreateProjectJobResponse create(DirectUploads.Upload upload) throws IOException {
    var file = File.newBuilder()
        .setDesc(FileDesc.newBuilder().setPath("in.txt"))
        .setSha256(upload.sha256())
        .setSizeBytes(upload.sizeBytes())
        .setCompressionType(FileCompressionType.NONE);
    var parameters = JobParameters.newBuilder()
        .setCmd("true")
        .addInputFiles(file)
        .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4"));
    return jobs()
        .create(CreateProjectJobRequest.newBuilder()
            .setProjectId(PROJECT)
            .setJobParameters(parameters)
            .build())
        .getResponse()
        .unpack(CreateProjectJobResponse.class);
  }

  private ProjectJobServiceBlockingStub jobs() {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer t");
    return ProjectJobServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
