package io.github.datasphere.emulator.attacks;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.grpc.Stubs;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.plan.JobPlanner;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.SandboxPaths;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Long texts over which a careless search goes back and forth: for hours, where it looks from each
 * place to the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowTextsTest {
  private static final int LENGTH = 100_000;
  private static final List<String> PIECES = List.of(
      "${", "${a", "}", "${}", "$", " ", "- ", "-", "\\", "/", "..", "./", "\n", "\r\n ", "'", "\"",
      "(", "[", "{", "a: ", "&a ", "*", "%", "//", "://@", ":", "=", "_", "a-", "/job", "a/", "{\"",
      "\u0436");

  private Emulator emulator;
  private ManagedChannel channel;
  private Stubs stubs;

  @BeforeAll
  void start() {
    emulator = Emulator.inProcess();
    channel = emulator.channel();
    stubs = new Stubs(channel, "Bearer t");
  }

  @AfterAll
  void end() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (emulator != null) {
      emulator.close();
    }
  }

  static Stream<Arguments> texts() {
    return PIECES.stream()
        .flatMap(piece -> Stream.of("", "x")
            .map(last -> Arguments.of(
                shown(piece) + " again and again" + (last.isEmpty() ? "" : " and a letter"),
                piece.repeat(LENGTH / piece.length()) + last)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void isSoonReadOrRefusedInEachField(String name, String text) {
    for (var field : fields()) {
      var request = CreateProjectJobRequest.newBuilder().setProjectId("bt1project");
      request
          .getJobParametersBuilder()
          .setCmd("true")
          .addCloudInstanceTypesBuilder()
          .setName("c1.4");
      field.accept(request, text);
      var failure = catchThrowable(() -> stubs.jobs().create(request.build()));
      if (failure != null) {
        assertThat(((StatusRuntimeException) failure).getStatus().getCode())
            .isIn(Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION, Code.NOT_FOUND);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void isSoonMadeAPlanOf(String name, String text) {
    var python = new PythonEnv(
        text, "", List.of(text), List.of(), new PipOptions("", List.of(), List.of(), false));
    var described = job(text).argument("a", text).python(python).build();

    var failure = catchThrowable(() -> new JobPlanner(JobResources.within(Path.of("x")))
        .plan(
            described,
            new PlanNames(Map.of(), Map.of(), "venv"),
            new SandboxPaths("/job", "/log")));

    if (failure != null) {
      assertThat(failure).isInstanceOf(PreparationException.class);
    }
  }

  private static List<BiConsumer<CreateProjectJobRequest.Builder, String>> fields() {
    return List.of(
        (request, text) -> request.getJobParametersBuilder().setCmd(text),
        (request, text) -> request.setName(text),
        (request, text) -> request.setConfig(text),
        (request, text) -> request.setProjectId(text),
        (request, text) -> request
            .getJobParametersBuilder()
            .addInputFilesBuilder()
            .setSizeBytes(1)
            .setSha256("a".repeat(64))
            .getDescBuilder()
            .setPath(text),
        (request, text) ->
            request.getJobParametersBuilder().addOutputFilesBuilder().setPath(text),
        (request, text) -> request
            .getJobParametersBuilder()
            .addOutputFilesBuilder()
            .setPath("x")
            .setVar(text),
        (request, text) -> request
            .getJobParametersBuilder()
            .addArgumentsBuilder()
            .setName(text)
            .setValue(text),
        (request, text) -> request.getJobParametersBuilder().getEnvBuilder().putVars("A", text),
        (request, text) -> request
            .getJobParametersBuilder()
            .getEnvBuilder()
            .getDockerImageSpecBuilder()
            .setImageUrl(text),
        (request, text) -> request
            .getJobParametersBuilder()
            .getEnvBuilder()
            .getPythonEnvBuilder()
            .setCondaYaml(text),
        (request, text) -> request
            .getJobParametersBuilder()
            .getEnvBuilder()
            .getPythonEnvBuilder()
            .setPythonVersion(text),
        (request, text) -> request
            .getJobParametersBuilder()
            .getEnvBuilder()
            .getPythonEnvBuilder()
            .getPipOptionsBuilder()
            .setIndexUrl(text));
  }

  private static String shown(String piece) {
    return piece.replace("\n", "LF").replace("\r", "CR").replace(" ", "SP");
  }
}
