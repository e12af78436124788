package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.EngineException;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.run.Place;
import io.github.datasphere.emulator.runner.run.Site;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/** A container engine. */
final class DockerSite implements Site {
  private final RunContext context;
  private final LeftOvers leftOvers;

  DockerSite(RunContext context) {
    this.context = context;
    this.leftOvers = new LeftOvers(context.engine(), context.settings().ownership());
  }

  @Override
  public Place place(JobId job) {
    return new DockerPlace(job, context, leftOvers);
  }

  @Override
  public boolean mayHold(JobId job) {
    return !context.parts().isLeased();
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {
    leftOvers.sweep(isOpen);
  }

  @Override
  public Optional<String> explain(IOException failure) {
    return failure instanceof EngineException
        ? Optional.of("The container engine failed: " + failure.getMessage()
            + ". See that it runs (datasphere-emulator doctor), and execute the job anew.")
        : Optional.empty();
  }

  @Override
  public void close() {
    if (context.parts().isLeased()) {
      leftOvers.removeVolume(context.pipVolume());
    }
    context.engine().close();
  }
}
