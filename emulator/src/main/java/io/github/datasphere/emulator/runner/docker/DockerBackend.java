package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.docker.Remedy;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.docker.container.AbandonedContainers;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.run.ExecutionBackend;
import io.github.datasphere.emulator.runner.run.Sandbox;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container engine as the backend of jobs. */
final class DockerBackend implements ExecutionBackend {
  private static final Logger LOG = LoggerFactory.getLogger(DockerBackend.class);

  /** How often the output of the engine may break off, as it does when the engine is stopped. */
  private static final int MOST_BREAKS = 4;

  private final DockerRunContext context;
  private final AbandonedContainers leftOvers;

  DockerBackend(DockerRunContext context) {
    this.context = context;
    this.leftOvers =
        new AbandonedContainers(context.engine(), context.settings().ownership());
  }

  @Override
  public Sandbox sandbox(JobId job) {
    return new DockerSandbox(job, context, leftOvers);
  }

  @Override
  public boolean mayHold(JobId job) {
    return !context.parts().isLeased();
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {
    leftOvers.sweep(isOpen);
    context.cache().sweep(context.engine());
  }

  @Override
  public boolean mayPass(IOException failure, int tries) {
    return failure instanceof DockerEngineException engine
        ? engine.isSilence()
        : tries < MOST_BREAKS;
  }

  @Override
  public Optional<String> explain(IOException failure) {
    if (!(failure instanceof DockerEngineException engine)) {
      return Optional.empty();
    }
    // The engine works; the container was removed from outside
    return engine.isNotFound() || engine.isConflict()
        ? Optional.of("The container of the job was removed or stopped from outside, by a user or"
            + " by a clean-up of the engine (" + engine.getMessage() + "): execute the job again.")
        : Optional.of("The container engine failed: " + engine.getMessage() + ". "
            + Remedy.begin(engine, "See that it runs (datasphere-emulator doctor)")
            + ", and execute the job again.");
  }

  @Override
  public void close() {
    try {
      context.pipCache().close();
    } catch (DockerEngineException e) {
      PlainWarning.tell(LOG, e, "The container that kept the downloads of pip was not removed");
    }
    context.engine().close();
  }
}
