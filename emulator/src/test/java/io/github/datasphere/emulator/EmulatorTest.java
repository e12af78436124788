package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.StorageConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.config.UrlLifetimes;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorTest {
  @Test
  void aJobRunsFromCreateToTheDownloadOfItsOutput() throws Exception {
    try (var emulator = Emulator.inProcess(config())) {
      var channel = emulator.channel();
      assertThat(outputOfAJob(channel)).isEqualTo("hello\n");
      channel.shutdownNow();
    }
  }

  @Test
  void aServerServesTheSameOverTcp() throws Exception {
    try (var emulator = Emulator.start(config())) {
      var channel = ManagedChannelBuilder.forTarget(emulator.addresses().grpc())
          .usePlaintext()
          .build();
      assertThat(outputOfAJob(channel)).isEqualTo("hello\n");
      channel.shutdownNow();
    }
  }

  @Test
  void aPortInUseIsNamedWithTheOptionThatChangesIt() throws Exception {
    try (var taken = new ServerSocket(0)) {
      var network =
          new NetworkConfig("127.0.0.1", Optional.empty(), taken.getLocalPort(), 0, 0, 0, false);
      assertThatThrownBy(() -> Emulator.start(config().with(network)))
          .isInstanceOf(EmulatorException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()))
          .hasMessageContaining("--grpc-port");
    }
  }

  @Test
  void aDataDirectoryThatCannotBeMadeIsNamed(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("file"), "no folder");
    assertThatThrownBy(() -> Emulator.inProcess(config().inDataDir(file)))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aStorageThatDoesNotAnswerIsNamedAtTheStart() {
    var key = new Secret("k");
    var minio = new MinioConfig(
        Optional.of(URI.create("http://127.0.0.1:1")),
        Optional.empty(),
        "jobs",
        Optional.of(new MinioConfig.Keys(key, key)),
        MinioConfig.Dialect.usual(),
        "unused");
    var storage =
        new StorageConfig(Optional.empty(), StorageKind.MINIO, minio, UrlLifetimes.defaults());
    assertThatThrownBy(() -> Emulator.inProcess(config().with(storage)))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("http://127.0.0.1:1/jobs")
        .hasMessageContaining("storage.minio.endpoint");
  }

  private static EmulatorConfig config() {
    var config = EmulatorConfig.onFreePorts();
    return config.with(config.jobs().with(RunnerKind.PROCESS));
  }

  private static String outputOfAJob(ManagedChannel plain) throws Exception {
    var channel = ClientInterceptors.intercept(plain, token());
    var jobs = ProjectJobServiceGrpc.newBlockingStub(channel);
    var created = jobs.create(CreateProjectJobRequest.newBuilder()
        .setProjectId("bt1fakeproject000000")
        .setJobParameters(JobParameters.newBuilder()
            .setCmd("echo hello > ${OUT}")
            .addOutputFiles(FileDesc.newBuilder().setPath("out.txt").setVar("OUT"))
            .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
        .build());
    var id = created.getResponse().unpack(CreateProjectJobResponse.class).getJobId();
    var begun = jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build());
    var done =
        await().atMost(Duration.ofSeconds(60)).until(() -> get(channel, begun), Operation::getDone);
    var response = done.getResponse().unpack(ExecuteProjectJobResponse.class);
    try (var content = URI.create(response.getOutputFiles(0).getUrl()).toURL().openStream()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Operation get(Channel channel, Operation operation) {
    return OperationServiceGrpc.newBlockingStub(channel)
        .get(GetOperationRequest.newBuilder().setOperationId(operation.getId()).build());
  }

  private static ClientInterceptor token() {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer local");
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }
}
