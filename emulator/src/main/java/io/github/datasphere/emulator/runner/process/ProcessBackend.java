package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.run.ExecutionBackend;
import io.github.datasphere.emulator.runner.run.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This machine, with a folder for each job. */
final class ProcessBackend implements ExecutionBackend {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessBackend.class);

  private final ProcessRunContext context;

  ProcessBackend(ProcessRunContext context) {
    this.context = context;
  }

  @Override
  public Sandbox sandbox(JobId job) {
    return new ProcessSandbox(job, folder(job), context);
  }

  @Override
  public boolean mayHold(JobId job) {
    return !context.parts().isLeased() && folder(job).exists();
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {
    var all = context.settings().folder();
    if (!Files.isDirectory(all)) {
      return;
    }
    try (var folders = Files.newDirectoryStream(all)) {
      for (var path : folders) {
        var job = new JobId(path.getFileName().toString());
        if (!isOpen.test(job)) {
          remove(sandbox(job));
        }
      }
    } catch (IOException e) {
      PlainWarning.tell(LOG, e, "What ended jobs have left in {} cannot be found", all);
    }
  }

  private static void remove(Sandbox sandbox) {
    try {
      sandbox.clear();
      sandbox.remove();
    } catch (IOException e) {
      PlainWarning.tell(LOG, e, "{}, left by an ended job, was not deleted", sandbox.state());
    }
  }

  @Override
  public boolean mayPass(IOException failure, int tries) {
    return false;
  }

  /**
   * Always empty: this backend is the emulator's own machine, so no failure of another one needs
   * words.
   */
  @Override
  public Optional<String> explain(IOException failure) {
    return Optional.empty();
  }

  @Override
  public void close() {
    context.watch().close();
  }

  private JobFolder folder(JobId job) {
    return new JobFolder(context.settings().folder().toAbsolutePath().resolve(job.value()));
  }
}
