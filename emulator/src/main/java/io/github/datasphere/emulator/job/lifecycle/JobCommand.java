package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.id.OperationId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that can happen to a job: a client's call, a runner's event, the passing of time. */
public sealed interface JobCommand {
  /**
   * Run the job.
   *
   * @param operation id of the operation if one begins
   * @param missingFiles labels of the inputs that are not uploaded (service-behaviour 10.4)
   * @param beyondQuota whether the limit of active jobs is reached (service-behaviour 3.17)
   */
  record Execute(OperationId operation, List<String> missingFiles, boolean beyondQuota)
      implements JobCommand {}

  /** The time of a job that was executed beyond the quota is over (service-behaviour 3.17). */
  record TurnAway() implements JobCommand {}

  /** Stop the job; gracefully only if its parameters say how (service-behaviour 10.29). */
  record Cancel(boolean graceful) implements JobCommand {}

  /** A graceful cancel has waited long enough. */
  record LosePatience() implements JobCommand {}

  /** The runner has made the environment and started the command. */
  record Started() implements JobCommand {}

  /** The program has said how far it is. */
  record ReportProgress(Progress progress) implements JobCommand {}

  /** The run is over; its outputs are still to be collected. */
  record End(Ending ending) implements JobCommand {}

  /** The outputs are stored. */
  record Finish(Collected collected) implements JobCommand {}

  /** SetDataTtl; null for ever (service-behaviour 6.6). */
  record SetDataTtl(@Nullable Duration ttl) implements JobCommand {}

  /** DeleteData; null if it is part of a DeleteAllData (service-behaviour 10.19, 10.20). */
  record ClearData(@Nullable OperationId operation) implements JobCommand {}

  /** The data's time is over (service-behaviour 6.7). */
  record ExpireData() implements JobCommand {}

  /** Remove the job (service-behaviour 10.18). */
  record Delete(OperationId operation) implements JobCommand {}
}
