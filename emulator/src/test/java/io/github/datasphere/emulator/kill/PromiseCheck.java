package io.github.datasphere.emulator.kill;

import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;

/** Whether the server, started again, keeps what it has acknowledged. */
final class PromiseCheck {
  private static final Set<JobStatus> ENDED =
      EnumSet.of(JobStatus.SUCCESS, JobStatus.ERROR, JobStatus.CANCELLED);

  private final JobClient client;
  private final Path runs;
  private final Queue<String> broken;
  private final boolean jobsMayFail;

  PromiseCheck(JobClient client, Path runs, Queue<String> broken, boolean jobsMayFail) {
    this.client = client;
    this.runs = runs;
    this.broken = broken;
    this.jobsMayFail = jobsMayFail;
  }

  /** Looks at one job; true if it is over. */
  boolean holds(Promise promise) throws IOException, InterruptedException {
    try {
      require(client.operation(promise.createOperation).getDone(), promise, "Create is open");
      if (promise.deleteAsked) {
        return deleted(promise);
      }
      var job = client.get(promise.jobId);
      if (promise.cleared) {
        require(job.getDataCleared(), promise, "its cleared data are back");
      }
      if (promise.operation == null) {
        return notKnownToRun(promise, job);
      }
      return ran(promise, job);
    } catch (StatusRuntimeException e) {
      broken.add(promise + ": " + e.getStatus());
      return true;
    }
  }

  private boolean deleted(Promise promise) {
    if (promise.deleteOperation != null) {
      require(client.operation(promise.deleteOperation).getDone(), promise, "Delete is open");
      try {
        client.get(promise.jobId);
        broken.add(promise + ": is back though it was deleted");
      } catch (StatusRuntimeException e) {
        require(e.getStatus().getCode() == Status.Code.NOT_FOUND, promise, e.toString());
      }
    }
    return true;
  }

  /** Created; if its upload was acknowledged it can be run now. */
  private boolean notKnownToRun(Promise promise, Job job) {
    if (!promise.uploaded || job.getDataCleared()) {
      return true;
    }
    promise.executeAsked = true;
    promise.operation = client.execute(promise.jobId).getId();
    return false;
  }

  private boolean ran(Promise promise, Job job) throws IOException, InterruptedException {
    var operation = client.operation(promise.operation);
    require(
        client.execute(promise.jobId).getId().equals(promise.operation),
        promise,
        "has another operation now");
    if (!ENDED.contains(job.getStatus())) {
      return false;
    }
    require(operation.getDone(), promise, "ended, but its operation is open");
    require(
        operation.equals(client.operation(promise.operation)) || operation.hasResponse(),
        promise,
        "its operation ended twice");
    var end = job.getStatus() + " at " + job.getFinishedAt();
    require(promise.isOnlyEnd(end), promise, "ended once more, now " + end);
    if (job.getStatus() == JobStatus.ERROR && jobsMayFail) {
      failed(promise, job, operation);
      return true;
    }
    require(
        job.getStatus() == JobStatus.SUCCESS
            || promise.cancelAsked && job.getStatus() == JobStatus.CANCELLED,
        promise,
        "is " + job.getStatus() + ": " + job.getStatusDetails());
    if (job.getStatus() == JobStatus.SUCCESS && !promise.settled) {
      succeeded(promise, job);
    }
    return true;
  }

  private void succeeded(Promise promise, Job job) throws IOException, InterruptedException {
    require(count(promise) == 1, promise, "ran " + count(promise) + " times");
    if (promise.mayBeCleared()) {
      return;
    }
    var stdout = client.stdout(promise.jobId, text -> {});
    require(
        stdout.equals(promise.stdout()), promise, "printed " + stdout.lines().toList());
    require(stdout.startsWith(promise.seen.get()), promise, "showed other lines before");
    require(Arrays.equals(client.download(job), promise.content), promise, "its output is another");
  }

  /** It may have run or not, but once at most, and says in words what went wrong. */
  private void failed(Promise promise, Job job, Operation operation) throws IOException {
    require(count(promise) <= 1, promise, "ran " + count(promise) + " times");
    var why = job.getStatusDetails() + " " + operation.getError().getMessage();
    promise.failed(promise + ": " + why);
    require(!why.isBlank(), promise, "failed without a word");
    require(!why.contains("look for fault"), promise, "failed with a riddle: " + why);
  }

  private long count(Promise promise) throws IOException {
    var file = runs.resolve(promise.token);
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private void require(boolean holds, Promise promise, String otherwise) {
    if (!holds) {
      broken.add(promise + ": " + otherwise);
    }
  }
}
