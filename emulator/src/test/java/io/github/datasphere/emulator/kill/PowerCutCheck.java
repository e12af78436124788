package io.github.datasphere.emulator.kill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Whether a server that is started after a power cut keeps what README and documents promise. */
final class PowerCutCheck {
  private static final int PATIENCE_SECONDS = 60;

  private final Path dataDir;
  private final List<RecordedJob> jobs;
  private final long cut;
  private final long kept;
  private final List<String> broken = new ArrayList<>();
  private final Set<String> failures = new TreeSet<>();
  private int lost;

  /**
   * @param cut how long the record was when the power went
   * @param kept likewise, when the journal was synced last: what was acknowledged before is kept
   */
  PowerCutCheck(Path dataDir, List<RecordedJob> jobs, long cut, long kept) {
    this.dataDir = dataDir;
    this.jobs = jobs;
    this.cut = cut;
    this.kept = kept;
  }

  /** What is not as promised. */
  List<String> look() throws IOException, InterruptedException {
    filesAreWhole();
    var left = new HashSet<String>();
    try (var emulator = start();
        var client = new JobClient(emulator.addresses().grpc())) {
      for (var job : jobs) {
        if (job.created <= cut) {
          look(client, job).ifPresent(there -> left.add(there.getId()));
        }
      }
      left.add(newJobRuns(client));
    } catch (RuntimeException e) {
      broken.add("the server does not serve: " + e);
      return broken;
    }
    broken.addAll(Remains.files(dataDir, left));
    return broken;
  }

  /** So many acknowledged jobs are not known any more. */
  int lost() {
    return lost;
  }

  /** Why jobs have failed. */
  Set<String> failures() {
    return failures;
  }

  private Emulator start() {
    return DataDirectory.start(dataDir);
  }

  /**
   * Before a server could hide it: what has its place has its digest, what was acknowledged is
   * there.
   */
  private void filesAreWhole() throws IOException {
    var names = new HashSet<String>();
    var projects = dataDir.resolve("files/projects");
    if (Files.exists(projects)) {
      try (var files = Files.walk(projects)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var name = file.getFileName().toString();
          names.add(name);
          require(sha256(Files.readAllBytes(file)).equals(name), "file " + name + " is not whole");
        }
      }
    }
    for (var job : jobs) {
      if (job.uploaded <= cut && isNeededThroughout(job)) {
        require(names.contains(sha256(job.content)), "the file of " + job + " is lost");
      }
    }
  }

  /** Nobody has asked yet to take a job with this content back. */
  private boolean isNeededThroughout(RecordedJob job) {
    return jobs.stream()
        .filter(other -> Arrays.equals(other.content, job.content))
        .allMatch(other -> other.takenBack > cut);
  }

  private Optional<Job> look(JobClient client, RecordedJob job)
      throws IOException, InterruptedException {
    try {
      var found = client.get(job.id);
      require(lost == 0, job + " is there, but not one that was acknowledged before it");
      require(job.deleted > cut, job + " is back though it was deleted");
      require(job.cleared > cut || found.getDataCleared(), job + " has its cleared data back");
      if (found.getStatus() == JobStatus.CREATING) {
        return Optional.of(notStarted(client, job));
      }
      DataDirectory.awaitEnd(client, job.id);
      found = client.get(job.id);
      ended(client, job, found);
      return Optional.of(found);
    } catch (StatusRuntimeException e) {
      var isUnknown = e.getStatus().getCode() == Status.Code.NOT_FOUND;
      require(isUnknown, job + ": " + e.getStatus());
      if (job.takenBack > cut) {
        lost++;
        require(job.created > kept, job + " is lost");
      }
      return Optional.empty();
    }
  }

  /** What was uploaded for it is there; so it runs. */
  private Job notStarted(JobClient client, RecordedJob job)
      throws IOException, InterruptedException {
    require(job.ended > kept, job + " is not known to have run");
    if (job.uploaded <= cut) {
      client.execute(job.id);
      DataDirectory.awaitEnd(client, job.id);
      var ran = client.get(job.id);
      require(ran.getStatus() == JobStatus.SUCCESS, job + " is " + ran.getStatus());
      ended(client, job, ran);
    }
    return client.get(job.id);
  }

  private void ended(JobClient client, RecordedJob job, Job found)
      throws IOException, InterruptedException {
    if (found.getStatus() == JobStatus.ERROR) {
      failures.add(found.getStatusDetails());
      require(!found.getStatusDetails().isBlank(), job + " failed without a word");
      require(job.ended > kept, job + " failed: " + found.getStatusDetails());
    }
    if (found.getDataCleared()) {
      require(job.takenBack != Long.MAX_VALUE, job + " has lost its data");
      return;
    }
    var stdout = within(job, "its log", () -> client.stdout(job.id, text -> {}));
    require(stdout.map(RecordedWork.STDOUT::startsWith).orElse(false), job + " printed " + stdout);
    if (found.getStatus() == JobStatus.SUCCESS) {
      output(client, job, found);
    }
  }

  /** Also of a job whose deletion was asked for: as long as it is there, its files are. */
  private void output(JobClient client, RecordedJob job, Job found) throws InterruptedException {
    try {
      require(Arrays.equals(client.download(found), job.content), job + ": output is another");
      var log = new String(client.download(found, found.getLogFiles(0)), UTF_8);
      require(log.equals(RecordedWork.STDOUT), job + ": its log file has " + log);
    } catch (StatusRuntimeException e) {
      broken.add(job + ": its output: " + e.getStatus());
    } catch (IOException e) {
      broken.add(job + ": its output: " + e.getMessage());
    }
  }

  private String newJobRuns(JobClient client) throws IOException, InterruptedException {
    var id = DataDirectory.upload(client, RecordedWork.content(1));
    client.execute(id);
    DataDirectory.awaitEnd(client, id);
    var job = client.get(id);
    require(job.getStatus() == JobStatus.SUCCESS, "a new job is " + job.getStatus());
    require(client.createWithPassword("true", new byte[1]).getDone(), "a password is not kept");
    return id;
  }

  private <T> Optional<T> within(RecordedJob job, String what, Insistence.Call<T> call)
      throws InterruptedException {
    var answer = CompletableFuture.supplyAsync(() -> {
      try {
        return call.make();
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    });
    try {
      return Optional.of(answer.get(PATIENCE_SECONDS, SECONDS));
    } catch (TimeoutException e) {
      broken.add(job + ": " + what + " does not end");
    } catch (ExecutionException e) {
      broken.add(job + ": " + what + ": " + e.getCause());
    }
    return Optional.empty();
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
