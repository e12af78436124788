package io.github.datasphere.emulator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.datasphere.emulator.grpc.interception.GrpcErrors;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our own faults are INTERNAL with an id; what went wrong is for the log alone. */
class InternalErrorTest {
  private GrpcWorld world;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new GrpcWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void faultOfOursIsInternalWithAnId() {
    world.breakEngine();

    assertInternal(() -> get("any"));
  }

  @Test
  void anErrorOfOursIsInternalWithAnIdToo() {
    world.breakEngineWith(new StackOverflowError());

    assertInternal(() -> get("any"));
    assertInternal(() -> readLogs("any").hasNext());
  }

  @Test
  void faultAtTheBeginningOfAStreamIsInternalWithAnId() {
    world.breakEngine();

    assertInternal(() -> readLogs("any").hasNext());
  }

  @Test
  void faultInTheMiddleOfAStreamIsInternalWithAnId() {
    var job = world.createJob();
    world.engine.execute(job);
    world.runner().started(job);
    world.print(job, LogSource.STDOUT, "hello\n");
    var messages = readLogs(job.value());
    assertThat(messages.hasNext()).isTrue();
    messages.next();
    world.failing.fail(new IllegalStateException("disk /dev/secret is gone"));
    world.print(job, LogSource.STDOUT, "world\n");

    assertInternal(messages::hasNext);
    assertThat(world.streams.count()).isZero();
  }

  @Test
  void diskThatDoesNotServeInTheMiddleOfAStreamIsSaidToBeUnavailable() {
    var job = world.createJob();
    world.engine.execute(job);
    world.runner().started(job);
    world.failing.fail(new UncheckedIOException("The log cannot be read", new IOException("away")));
    world.print(job, LogSource.STDOUT, "hello\n");

    assertThatThrownBy(() -> readLogs(job.value()).hasNext())
        .hasMessage("UNAVAILABLE: The log cannot be read");
  }

  @Test
  void everyFaultHasAnIdOfItsOwn() {
    var first = GrpcErrors.of(new IllegalStateException("x"), "m").getStatus().getDescription();
    var second = GrpcErrors.of(new IllegalStateException("x"), "m").getStatus().getDescription();

    assertThat(first).isNotEqualTo(second);
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeOfTheDomainIsItsNamesake(ErrorCode code) {
    var status =
        GrpcErrors.of(new Rejected(code, "why", List.of()).asException(), "m").getStatus();

    assertThat(status.getCode().name()).isEqualTo(code.name());
    assertThat(status.getDescription()).isEqualTo("why");
  }

  @Test
  void statusThatSaysSomethingStaysAsItIs() {
    var status = Status.UNAVAILABLE.withDescription("later");

    assertThat(GrpcErrors.of(status.asRuntimeException(), "m").getStatus()).isSameAs(status);
    assertThat(GrpcErrors.of(new StatusException(status), "m").getStatus()).isSameAs(status);
    assertThat(
            GrpcErrors.of(Status.UNKNOWN.asRuntimeException(), "m").getStatus().getCode())
        .isEqualTo(Status.Code.INTERNAL);
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertThat(GrpcErrors.clip("short", 10)).isEqualTo("short");
    assertThat(GrpcErrors.clip("x".repeat(8), 10)).isEqualTo("xxxxxxx...");
    // Each takes 12 bytes in a header
    assertThat(GrpcErrors.clip("\ud83d\ude00".repeat(3), 30))
        .isEqualTo("\ud83d\ude00\ud83d\ude00...");
    assertThat(GrpcErrors.clip("%%%%", 12)).isEqualTo("%%%...");
  }

  private static void assertInternal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    var status = catchThrowableOfType(StatusRuntimeException.class, call).getStatus();

    assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(status.getDescription())
        .matches("Internal error [0-9a-f]{8} of the emulator: its log says more under this id");
  }

  private void get(String job) {
    var unused =
        world.stubs().jobs().get(GetProjectJobRequest.newBuilder().setJobId(job).build());
  }

  private java.util.Iterator<io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse> readLogs(
      String job) {
    return ProjectJobServiceGrpc.newBlockingStub(world.stubs().channel())
        .readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(job).build());
  }
}
