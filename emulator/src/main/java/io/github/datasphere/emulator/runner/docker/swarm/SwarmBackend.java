package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.run.ExecutionBackend;
import io.github.datasphere.emulator.runner.run.Sandbox;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A swarm as the backend of jobs: it places each, and the node's own engine runs it. */
final class SwarmBackend implements ExecutionBackend {
  private static final Logger LOG = LoggerFactory.getLogger(SwarmBackend.class);

  private final SwarmSandbox.Context context;

  SwarmBackend(SwarmSandbox.Context context) {
    this.context = context;
  }

  @Override
  public Sandbox sandbox(JobId job) {
    return new SwarmSandbox(job, context);
  }

  @Override
  public boolean mayHold(JobId job) {
    return !context.parts().isLeased();
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {
    context.nodes().sweep(isOpen);
    try {
      context.swarm().sweep(job -> isOpen.test(new JobId(job)));
    } catch (DockerEngineException e) {
      PlainWarning.tell(LOG, e, "What ended jobs have reserved in the swarm was not given back");
    }
  }

  @Override
  public boolean mayPass(IOException failure, int tries) {
    return !(failure instanceof NodeLostException)
        && any().filter(node -> node.mayPass(failure, tries)).isPresent();
  }

  @Override
  public Optional<String> explain(IOException failure) {
    return failure instanceof NodeLostException lost
        ? Optional.ofNullable(lost.getMessage())
        : any().flatMap(node -> node.explain(failure));
  }

  private Optional<ExecutionBackend> any() {
    return context.nodes().all().stream().findFirst().map(Place::backend);
  }

  @Override
  public void close() {
    context.nodes().close();
  }
}
