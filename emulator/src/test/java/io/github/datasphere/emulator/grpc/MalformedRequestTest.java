package io.github.datasphere.emulator.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.github.datasphere.emulator.grpc.interception.ReadableRequests;
import io.github.datasphere.emulator.grpc.interception.Unreadable;
import io.github.datasphere.proto.emulator.AddScriptsRequest;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.emulator.Script;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes that no generated stub sends, over a real port: the client's mistake, and it is told so.
 */
class MalformedRequestTest {
  private static final ByteString NO_UTF8 = ByteString.copyFrom(new byte[] {'a', (byte) 0xc3, '('});

  private GrpcWorld world;
  private TcpServer server;
  private Channel channel;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    world = new GrpcWorld(folder);
    server = new TcpServer(world);
    channel = new Stubs(server.channel(), "Bearer any").channel();
  }

  @AfterEach
  void stop() {
    server.close();
    world.close();
  }

  @Test
  void textThatIsNotUtf8NamesItsField() {
    var name = with(CreateProjectJobRequest.getDefaultInstance(), 4, NO_UTF8);

    assertInvalid(ProjectJobServiceGrpc.getCreateMethod(), name, "name: must be valid UTF-8");
  }

  @Test
  void nestedTextThatIsNotUtf8NamesItsField() {
    var desc = ByteString.copyFrom(with(FileDesc.getDefaultInstance(), 1, NO_UTF8));
    var file = ByteString.copyFrom(with(File.getDefaultInstance(), 1, desc));
    var good = File.newBuilder().setSha256("x").build();
    var parameters = JobParameters.newBuilder().addInputFiles(good).build();
    var broken = ByteString.copyFrom(with(parameters, 1, file));
    var request = with(CreateProjectJobRequest.getDefaultInstance(), 2, broken);

    assertInvalid(
        ProjectJobServiceGrpc.getCreateMethod(),
        request,
        "job_parameters.input_files[1].desc.path: must be valid UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0007", "\n\u0032x", "\u000b", "GET / HTTP/1.1", "{\"job_id\": \"x\"}"})
  void bytesThatAreNoMessageAreRefused(String bytes) {
    assertInvalid(
        ProjectJobServiceGrpc.getGetMethod(), bytes.getBytes(UTF_8), "is no message of the type");
  }

  @Test
  void aMessageInItselfDeeperThanTheParserGoesIsRefused() {
    var script = ByteString.EMPTY;
    for (int i = 0; i < 8_000; i++) {
      script = ByteString.copyFrom(with(Script.getDefaultInstance(), 3, script));
    }
    var text = with(Script.getDefaultInstance(), 3, script);
    var method = ControlServiceGrpc.getAddScriptsMethod();
    var parsed = ReadableRequests.of(ServerServiceDefinition.builder(method.getServiceName())
        .addMethod(method, ServerCalls.asyncUnaryCall((request, reply) -> {}))
        .build());
    var request = with(AddScriptsRequest.getDefaultInstance(), 2, ByteString.copyFrom(text));

    assertThat(parsed
            .getMethod(method.getFullMethodName())
            .getMethodDescriptor()
            .parseRequest(new ByteArrayInputStream(request)))
        .isEqualTo(new Unreadable(""));
  }

  @Test
  void malformedRequestOfAStreamIsRefused() {
    var call = RawBytes.of(ProjectJobServiceGrpc.getReadLogsMethod());
    var refusal = catchThrowableOfType(
        StatusRuntimeException.class,
        () -> ClientCalls.blockingServerStreamingCall(
                channel, call, CallOptions.DEFAULT, new byte[] {7})
            .hasNext());

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void requestWithoutMessageIsRefused() throws Exception {
    var end = new CompletableFuture<Status>();
    var call = channel.newCall(raw(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    call.halfClose();

    assertThat(end.get().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.get().getDescription()).contains("none came");
  }

  @Test
  void unknownFieldsAreIgnored() {
    var request = with(GetProjectJobRequest.newBuilder().setJobId("nope").build(), 99, NO_UTF8);

    assertThat(
            refusal(ProjectJobServiceGrpc.getGetMethod(), request).getStatus().getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void largeRequestIsRead() {
    var request = CreateProjectJobRequest.newBuilder()
        .setProjectId("bt1project")
        .setConfig("x".repeat(40 << 20))
        .build();

    assertInvalid(ProjectJobServiceGrpc.getCreateMethod(), request.toByteArray(), "job_parameters");
  }

  @Test
  void longRefusalFitsIntoTheHeadersThatClientsAccept() {
    var job = world.createJob().value();
    var request = DownloadProjectJobFilesRequest.newBuilder().setJobId(job);
    request.addFilesBuilder().getDescBuilder().setPath("Ж%".repeat(100_000));
    var refusal = refusal(
        ProjectJobServiceGrpc.getDownloadJobFilesMethod(), request.build().toByteArray());

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refusal.getStatus().getDescription()).contains(job, "Ж%Ж%").endsWith("...");
  }

  @Test
  void manyViolationsFitIntoTheHeadersThatClientsAccept() {
    var request = CreateProjectJobRequest.newBuilder().setProjectId("bt1project");
    for (int i = 0; i < 100; i++) {
      request.getJobParametersBuilder().addOutputFilesBuilder().setPath("/" + "Ж%".repeat(1_000));
      request.getJobParametersBuilder().getEnvBuilder().putVars("=" + "Ж%".repeat(1_000) + i, "");
    }

    assertInvalid(
        ProjectJobServiceGrpc.getCreateMethod(),
        request.build().toByteArray(),
        "job_parameters.output_files[0].path: ");
  }

  private void assertInvalid(MethodDescriptor<?, ?> method, byte[] request, String words) {
    var refusal = refusal(method, request);

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.getStatus().getDescription()).contains(words);
  }

  private StatusRuntimeException refusal(MethodDescriptor<?, ?> method, byte[] request) {
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () -> ClientCalls.blockingUnaryCall(
            channel, RawBytes.of(method), CallOptions.DEFAULT, request));
  }

  private static MethodDescriptor<byte[], byte[]> raw() {
    return RawBytes.of(ProjectJobServiceGrpc.getGetMethod());
  }

  private static byte[] with(Message message, int field, ByteString value) {
    var more = UnknownFieldSet.newBuilder()
        .addField(
            field, UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build())
        .build();
    return message.toByteString().concat(more.toByteString()).toByteArray();
  }
}
