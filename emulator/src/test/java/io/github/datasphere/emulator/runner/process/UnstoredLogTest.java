package io.github.datasphere.emulator.runner.process;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.TestJobs;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The end of a command whose last output waits for room on the disk of the logs. */
class UnstoredLogTest extends RestartedRunner {
  private final AtomicInteger looks = new AtomicInteger();
  private volatile boolean isFull = true;

  @Override
  JobRunner runner(RunnerPorts ports, RunnerEvents events) {
    return super.runner(
        new RunnerPorts(ports.files(), waiting(ports.log()), ports.clock(), ports.ids()), events);
  }

  @Test
  void endIsReportedOnlyOnceTheLogIsStored() {
    var job = ended();
    assertThat(harness.events(job.id())).noneMatch(RunnerEvent.Ended.class::isInstance);

    isFull = false;

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(3, ""));
  }

  @Test
  void theNextEmulatorReportsTheEndIfThisOneCouldNot() {
    var job = ended();
    harness.restart(this::runner);
    assertThat(harness.events(job.id())).noneMatch(RunnerEvent.Ended.class::isInstance);
    isFull = false;

    harness.runner().run(TestJobs.executing(job));

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(3, ""));
  }

  @Test
  void cancelWaitsForALittleWhileOnly() {
    var job = ended();
    harness.runner().kill(job.id());

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(3, ""));
  }

  /** A job whose command has ended, though nothing can be told of it yet. */
  private Job ended() {
    var job = harness.start(job("echo last; exit 3").build());
    await().until(() -> looks.get() > 2);
    return job;
  }

  private JobLog waiting(JobLog log) {
    return (JobLog) Proxy.newProxyInstance(
        JobLog.class.getClassLoader(),
        new Class<?>[] {JobLog.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("isStored")) {
            looks.incrementAndGet();
            return !isFull;
          }
          return method.invoke(log, arguments);
        });
  }
}
