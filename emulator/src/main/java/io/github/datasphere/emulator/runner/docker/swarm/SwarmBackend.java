package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.docker.DockerEngine;
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

  private final DockerEngine manager;
  private final SwarmSandbox.Context context;
  private final ExecutionBackend first;

  SwarmBackend(DockerEngine manager, SwarmSandbox.Context context) {
    this.manager = manager;
    this.context = context;
    this.first = context.nodes().values().iterator().next().backend();
  }

  @Override
  public Sandbox sandbox(JobId job) {
    return new SwarmSandbox(job, context);
  }

  @Override
  public boolean mayHold(JobId job) {
    return first.mayHold(job);
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {
    context.nodes().values().forEach(node -> node.backend().sweep(isOpen));
    try {
      context.swarm().sweep(job -> isOpen.test(new JobId(job)));
    } catch (DockerEngineException e) {
      PlainWarning.tell(LOG, e, "What ended jobs have reserved in the swarm was not given back");
    }
  }

  @Override
  public boolean mayPass(IOException failure, int tries) {
    return first.mayPass(failure, tries);
  }

  @Override
  public Optional<String> explain(IOException failure) {
    return first.explain(failure);
  }

  @Override
  public void close() {
    context.nodes().values().forEach(node -> node.backend().close());
    manager.close();
  }
}
