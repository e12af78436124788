package io.github.datasphere.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.spec.GracefulShutdown;
import io.github.datasphere.emulator.job.validation.ParametersBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobEngineTest {
  @TempDir
  Path folder;

  private EngineFixture world;

  @BeforeEach
  void setUp() throws Exception {
    world = new EngineFixture(folder);
  }

  @Test
  void aJobGoesFromCreateToSuccessAndItsOperationEndsWithTheOutputs() throws Exception {
    var id = world.executing();
    var output = world.stored(id, "model.bin", new byte[] {1, 2, 3});
    world.runner().exited(id, 0);
    assertThat(world.job(id).status()).isEqualTo(JobStatus.UPLOADING_OUTPUT);
    world.runner().collected(id, EngineFixture.outputs(output));

    assertThat(world.job(id).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(world.engine.execute(id).operation().result())
        .isInstanceOfSatisfying(
            OperationResult.Executed.class,
            result -> assertThat(result.outputFiles()).containsExactly(output));
    assertThat(world.runner().told())
        .containsExactly("run " + id, "collect " + id, "release " + id);
    assertThat(world.logs.notes).containsExactly("end " + id);
  }

  @Test
  void executeTwiceIsOneOperationAndOneRun() {
    var id = world.create();
    var first = world.engine.execute(id);
    var second = world.engine.execute(id);
    assertThat(second.operation().id()).isEqualTo(first.operation().id());
    assertThat(world.runner().told()).containsExactly("run " + id);
  }

  /** What is committed is taken up by the next start. */
  @Test
  void executeThatComesAsTheEngineEndsIsCommittedAndAnswered() {
    var id = world.create();
    world.runner().close();

    var operation = world.engine.execute(id).operation();

    assertThat(operation.isDone()).isFalse();
    assertThat(world.job(id).status()).isEqualTo(JobStatus.PREPARING);
  }

  @Test
  void executeNamesTheFilesThatAreNotUploadedAndChangesNothing() {
    var builder = new ParametersBuilder();
    builder.inputs.add(EngineFixture.file("data.csv", new byte[] {1}));
    var id = world.create(builder.build());
    assertThatThrownBy(() -> world.engine.execute(id))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("data.csv");
    assertThat(world.job(id).status()).isEqualTo(JobStatus.CREATING);
  }

  @Test
  void anUnknownJobIsNotFound() {
    assertThatThrownBy(() -> world.engine.cancel(new JobId("invalid"), false))
        .isInstanceOf(RejectedException.class)
        .hasMessage("Job not found");
  }

  @Test
  void aProgramThatFailsEndsItsOperationWithAResponse() {
    var id = world.ended(3);
    assertThat(world.job(id).status()).isEqualTo(JobStatus.ERROR);
    assertThat(world.engine.execute(id).operation().result())
        .isInstanceOfSatisfying(
            OperationResult.Executed.class,
            result -> assertThat(result.returnCode()).isEqualTo(3));
  }

  @Test
  void anEnvironmentThatFailsEndsTheOperationWithAnError() {
    var id = world.create();
    world.engine.execute(id);
    world.runner().ended(id, new Ending.Failed(ErrorCode.FAILED_PRECONDITION, "no such image"));
    world.runner().collected(id, EngineFixture.outputs());
    assertThat(world.engine.execute(id).operation().result())
        .isEqualTo(new OperationResult.Failed(ErrorCode.FAILED_PRECONDITION, "no such image"));
    assertThat(world.job(id).statusDetails()).isEqualTo("no such image");
  }

  @Test
  void aGracefulCancelKillsOnceItsTimeoutHasPassed() {
    var builder = new ParametersBuilder();
    builder.graceful = new GracefulShutdown(Duration.ofSeconds(15), 15);
    var id = world.create(builder.build());
    world.engine.execute(id);
    world.runner().started(id);
    world.engine.cancel(id, true);
    world.clock.advance(Duration.ofSeconds(14));
    assertThat(world.runner().told()).containsExactly("run " + id, "signal 15 " + id);
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(world.runner().told()).endsWith("kill " + id);
  }

  @Test
  void dataExpireAtTheirMinuteAndNotBefore() throws Exception {
    var content = new byte[] {7};
    var builder = new ParametersBuilder();
    var input = EngineFixture.file("in", content);
    builder.inputs.add(input);
    var id = world.create(builder.build());
    world.upload(id, input, content);
    world.clock.advance(EngineFixture.TTL.minusMillis(1));
    assertThat(world.job(id).data().cleared()).isFalse();
    world.clock.advance(Duration.ofMillis(1));
    assertThat(world.job(id).data().cleared()).isTrue();
    assertThat(world.isStored(input)).isFalse();
    assertThat(world.logs.notes).containsExactly("delete " + id);
  }

  @Test
  void aTtlSetToThePastClearsTheDataBeforeTheCallReturns() {
    var id = world.ended(0);
    world.clock.advance(Duration.ofDays(3));
    world.engine.setDataTtl(id, Duration.ofDays(1));
    assertThat(world.job(id).data().cleared()).isTrue();
  }

  @Test
  void theOperationOutlivesItsJob() {
    var id = world.ended(0);
    var operation = world.engine.execute(id).operation();
    world.engine.delete(id);
    assertThat(world.engine.operation(operation.id())).isEqualTo(operation);
    assertThat(world.engine.jobOf(operation)).isNotNull();
  }

  @Test
  void cancellingTheOperationOfCreateChangesNothing() {
    var operation = world.submit(new ParametersBuilder().build());
    assertThat(world.engine.cancelOperation(operation.id()).operation()).isEqualTo(operation);
  }

  @Test
  void deleteAllDataClearsEndedJobsAndLeavesTheOthers() {
    var ended = world.ended(0);
    var running = world.executing();
    var operation = world.engine.deleteAllData(EngineFixture.PROJECT, Caller.LOCAL);
    assertThat(operation.isDone()).isTrue();
    assertThat(world.job(ended).data().cleared()).isTrue();
    assertThat(world.job(running).data().cleared()).isFalse();
  }
}
