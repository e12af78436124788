package io.github.datasphere.emulator.attacks;

import static io.github.datasphere.emulator.attacks.Caller.codeOf;
import static io.github.datasphere.emulator.attacks.TokenAttacksTest.base;
import static io.github.datasphere.emulator.attacks.TokenAttacksTest.emulator;
import static io.github.datasphere.emulator.attacks.TokenAttacksTest.secrets;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.AccessConfig;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.DockerImageSpec;
import io.github.datasphere.proto.jobs.Environment;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.stub.MetadataUtils;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody with few rights, or none, reaches for what concerns all. */
class ControlAttacksTest {
  private static final String ALICES = "bt1alices00000000000";
  private static final AccessConfig LISTED =
      new AccessConfig(secrets("alice", "bob"), List.of(), Map.of(ALICES, secrets("alice")));

  static Stream<MethodDescriptor<?, ?>> controlCalls() {
    return ControlServiceGrpc.getServiceDescriptor().getMethods().stream()
        .map(method -> (MethodDescriptor<?, ?>) method);
  }

  @ParameterizedTest
  @MethodSource("controlCalls")
  void noControlCallIsServedWithoutATokenForAll(MethodDescriptor<?, ?> method) {
    try (var emulator = emulator(LISTED);
        var stranger = Caller.withoutToken(emulator);
        var forged = Caller.with(emulator, "mallory");
        var bob = Caller.with(emulator, "bob")) {
      assertThat(codeOf(() -> stranger.call(method))).isEqualTo(Code.UNAUTHENTICATED);
      assertThat(codeOf(() -> forged.call(method))).isEqualTo(Code.UNAUTHENTICATED);
      assertThat(codeOf(() -> bob.call(method))).isEqualTo(Code.PERMISSION_DENIED);
    }
  }

  @ParameterizedTest
  @MethodSource("controlCalls")
  void withATokenForAllItIs(MethodDescriptor<?, ?> method) {
    try (var emulator = emulator(LISTED);
        var alice = Caller.with(emulator, "alice")) {
      assertThat(codeOf(() -> alice.call(method)))
          .isNotIn(Code.UNAUTHENTICATED, Code.PERMISSION_DENIED);
    }
  }

  @Test
  void whereNoTokensAreListedControlNeedsNone() {
    try (var emulator = Emulator.inProcess();
        var anybody = Caller.withoutToken(emulator)) {
      assertThat(codeOf(anybody::exchanges)).isEqualTo(Code.OK);
    }
  }

  @Test
  void theFaceShowsJobsOnlyToATokenForAll() throws Exception {
    try (var emulator = emulator(LISTED)) {
      emulator.givenJob(job -> job.project(ALICES).name("quarterly-figures"));

      assertThat(page(emulator, "").statusCode()).isEqualTo(401);
      assertThat(page(emulator, "").body()).doesNotContain("quarterly-figures");
      assertThat(page(emulator, "Bearer bob").statusCode()).isEqualTo(401);
      assertThat(page(emulator, "Bearer alice").body()).contains("quarterly-figures");
      assertThat(page(emulator, basic("anybody:alice")).body()).contains("quarterly-figures");
      assertThat(page(emulator, basic("alice:mallory")).statusCode()).isEqualTo(401);
      assertThat(page(emulator, "Basic ?").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aRevokedTokenIsNotGoodForTheFace() throws Exception {
    try (var emulator = emulator(LISTED);
        var alice = Caller.with(emulator, "alice")) {
      var token = alice.exchangeOauth("alice");
      assertThat(page(emulator, "Bearer " + token).statusCode()).isEqualTo(200);

      alice.revoke(token);

      assertThat(page(emulator, "Bearer " + token).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whereNoTokensAreListedTheFaceWantsItsOwn() throws Exception {
    try (var emulator = Emulator.inProcess()) {
      emulator.givenJob(job -> job.name("train"));

      assertThat(page(emulator, "").statusCode()).isEqualTo(401);
      assertThat(page(emulator, "Bearer local").statusCode()).isEqualTo(401);
      assertThat(page(emulator, "Bearer " + emulator.httpToken()).body()).contains("train");
    }
  }

  @Test
  void secretsOfRequestsAndAnswersAreNotInTheJournal() throws Exception {
    try (var emulator = Emulator.inProcess();
        var caller = Caller.with(emulator, "local")) {
      var token = caller.exchangeOauth("y0_s3cret");
      createWithPassword(emulator, "pa55word");
      var url = base(emulator);

      var shown = shown(caller.exchanges());

      assertThat(shown)
          .contains("***", "registry.example/image")
          .doesNotContain("y0_s3cret", "pa55word", token, url + "upload/", url + "download/");
      assertThat(emulator.journal().exchanges().stream()
              .map(exchange -> String.valueOf(exchange.request())))
          .noneMatch(request -> request.contains("y0_s3cret") || request.contains("pa55word"));
    }
  }

  private static String shown(Message message) {
    return message.toByteString().toString(UTF_8);
  }

  private static void createWithPassword(Emulator emulator, String password) {
    var image = DockerImageSpec.newBuilder()
        .setImageUrl("registry.example/image")
        .setUsername("user")
        .setPasswordPlainText(password);
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer local");
    var channel = emulator.channel(MetadataUtils.newAttachHeadersInterceptor(headers));
    var operation = ProjectJobServiceGrpc.newBlockingStub(channel)
        .create(CreateProjectJobRequest.newBuilder()
            .setProjectId("bt1project")
            .setJobParameters(JobParameters.newBuilder()
                .setCmd("true")
                .setEnv(Environment.newBuilder().setDockerImageSpec(image))
                .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
            .build());
    assertThat(operation.getDone()).isTrue();
    channel.shutdownNow();
  }

  private static HttpResponse<String> page(Emulator emulator, String authorization)
      throws Exception {
    var request = HttpRequest.newBuilder(base(emulator).resolve("/api/v1/jobs"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private static String basic(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
