package io.github.datasphere.junit.bench;

import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** Temporal's test environment: the best known of the services that live in a unit test. */
final class TemporalPeer {
  private static final String QUEUE = "bench";

  private TemporalPeer() {}

  /** A workflow that sleeps for so long. */
  @WorkflowInterface
  public interface Sleeper {
    @WorkflowMethod
    String sleep(int days);
  }

  /** As its author would write it. */
  public static final class SleepingWorkflow implements Sleeper {
    @Override
    public String sleep(int days) {
      if (days > 0) {
        Workflow.sleep(Duration.ofDays(days));
      }
      return "done";
    }
  }

  /** A new environment, and a workflow of so many days in it. */
  static void run(int days) {
    try (var environment = TestWorkflowEnvironment.newInstance()) {
      environment.newWorker(QUEUE).registerWorkflowImplementationTypes(SleepingWorkflow.class);
      environment.start();
      var workflow = environment
          .getWorkflowClient()
          .newWorkflowStub(
              Sleeper.class, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
      workflow.sleep(days);
    }
  }
}
