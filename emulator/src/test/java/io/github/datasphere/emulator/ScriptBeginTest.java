package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A script tells what happens before the job's command begins. */
class ScriptBeginTest {
  private final Emulator emulator = Emulator.inProcess();
  private final TestClient client = new TestClient(emulator.channel());

  @AfterEach
  void close() {
    client.close();
    emulator.close();
  }

  @Test
  void whatStandsBeforeTheBeginHappensInPreparation() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(Script.empty()
            .after(Duration.ofMinutes(1))
            .systemLog("installing\n")
            .after(Duration.ofMinutes(1))
            .begins()
            .stdout("begun\n")
            .lasts(Duration.ofMinutes(3)));
    var id = client.create(JobParameters.newBuilder().setCmd("true"), "begins");
    client.executeCreated(id);

    assertIs(JobStatus.PREPARING, id, Duration.ofMinutes(2).minusMillis(1));
    assertIs(JobStatus.EXECUTING, id, Duration.ofMillis(1));
    assertIs(JobStatus.EXECUTING, id, Duration.ofMinutes(3).minusMillis(1));
    assertIs(JobStatus.SUCCESS, id, Duration.ofMillis(1));
  }

  @Test
  void nothingOfTheProgramComesBeforeItsBegin() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Script.empty().stdout("a").begins())
        .withMessageContaining("only systemLog, after and waitsFor");
    assertThatIllegalStateException()
        .isThrownBy(() -> Script.empty().begins().begins())
        .withMessageContaining("before the command begins");
  }

  private void assertIs(JobStatus status, String job, Duration afterThis) {
    emulator.clock().advance(afterThis);
    assertThat(client.get(job).getStatus()).isEqualTo(status);
  }
}
