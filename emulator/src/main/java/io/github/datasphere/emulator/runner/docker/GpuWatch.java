package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.run.Sandbox;
import io.github.datasphere.emulator.runner.supervisor.LineSink;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once a second what the GPUs of a job do (service-behaviour 4.23, 5.5). It asks the
 * {@code nvidia-smi} that the engine puts into every container with GPUs; this process ends with
 * the others of the job.
 */
final class GpuWatch implements Sandbox.Watching {
  /** The first line of the file; memory is in MiB, as {@code nvidia-smi} prints it. */
  static final String HEADER =
      "time\tgpu\tname\tutilization_percent\tmemory_used_mib\tmemory_total_mib\ttemperature_c\n";

  private static final Logger LOG = LoggerFactory.getLogger(GpuWatch.class);
  private static final List<String> COMMAND = List.of(
      "nvidia-smi",
      "--query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu",
      "--format=csv,noheader,nounits",
      "--loop=1");
  private static final int COLUMNS = 6;

  private final DockerRunContext context;
  private final JobId job;
  private final Rows rows = new Rows();

  private GpuWatch(DockerRunContext context, JobId job) {
    this.context = context;
    this.job = job;
  }

  /** Begins to watch the GPUs of a container. If that fails, the job goes on without. */
  static Sandbox.Watching start(DockerRunContext context, JobId job, String container) {
    var watch = new GpuWatch(context, job);
    var client = context.engine().client();
    try {
      var order = client
          .execCreateCmd(container)
          .withCmd(COMMAND.toArray(String[]::new))
          .withAttachStdout(true)
          .withAttachStderr(true);
      var id = context.engine().ask(order::exec).getId();
      context.engine().ask(() -> client.execStartCmd(id).exec(watch.rows));
    } catch (DockerEngineException e) {
      LOG.debug("The GPUs of job {} cannot be looked at", job, e);
    }
    return watch;
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      LOG.debug("The look at the GPUs of job {} did not end well", job, e);
    }
  }

  private void append(String line) {
    var values = line.split(",\\s*");
    if (values.length != COLUMNS) {
      LOG.debug("nvidia-smi tells of job {}: {}", job, line);
      return;
    }
    var log = context.parts().ports().log();
    var now = context.parts().ports().clock().instant();
    var header = log.storedBytes(job, LogSource.GPU_STATS) > 0 ? "" : HEADER;
    var row = now.truncatedTo(ChronoUnit.SECONDS) + "\t" + String.join("\t", values) + "\n";
    log.append(job, new LogRecord(LogSource.GPU_STATS, now, (header + row).getBytes(UTF_8)));
  }

  /** Takes the output of {@code nvidia-smi} line by line. */
  private final class Rows extends ResultCallback.Adapter<Frame> {
    private final LineSink lines = new LineSink(GpuWatch.this::append);

    @Override
    public void onNext(Frame frame) {
      if (frame.getStreamType() == StreamType.STDOUT) {
        lines.accept(frame.getPayload(), 0, frame.getPayload().length);
      }
    }

    @Override
    public void onError(Throwable failure) {
      // The end of the container looks like this too
      LOG.debug("The GPUs of job {} are no longer looked at", job, failure);
    }
  }
}
