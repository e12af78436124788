package io.github.datasphere.junit;

import com.google.protobuf.ProtocolMessageEnum;
import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.testing.ProtoStatus;
import io.github.datasphere.proto.jobs.Job;
import java.time.Instant;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractByteArrayAssert;

/** Assertions on a job as it was when they began; failures show what happened to it. */
public class JobAssert extends AbstractAssert<JobAssert, EmulatedJob> {
  private Navigation next = Navigation.HARD;

  public JobAssert(EmulatedJob job) {
    super(job, JobAssert.class);
  }

  final JobAssert leading(Navigation elsewhere) {
    next = elsewhere;
    return this;
  }

  /**
   * Verifies the state of the job.
   *
   * @param status a value of our {@code io.github.datasphere.proto.jobs.JobStatus} or of the
   *     official SDK's
   * @throws IllegalArgumentException if it is of another enum, or names no state
   */
  public JobAssert hasStatus(ProtocolMessageEnum status) {
    if (job().getStatusValue() != ProtoStatus.number(status)) {
      var why = job().getStatusDetails();
      fail("to be " + status + " but it is " + job().getStatus()
          + (why.isEmpty() ? "" : ": " + why));
    }
    return this;
  }

  public JobAssert hasName(String name) {
    if (!job().getName().equals(name)) {
      fail("to be named '" + name + "'");
    }
    return this;
  }

  /** Verifies the code with which the program ended; fails if it did not end by itself. */
  public JobAssert exitedWith(int code) {
    var exited = actual.exitCode();
    if (exited.isEmpty() || exited.getAsInt() != code) {
      fail("to have exited with " + code + " but "
          + (exited.isEmpty() ? "its program did not" : "it exited with " + exited.getAsInt()));
    }
    return this;
  }

  /** Verifies that its files and logs are gone. */
  public JobAssert hasClearedData() {
    if (!job().getDataCleared()) {
      fail("to have cleared its data but they live until " + expiry() + " and it is "
          + actual.emulator().clock().now());
    }
    return this;
  }

  /** Verifies that its files and logs are still there. */
  public JobAssert hasData() {
    if (job().getDataCleared()) {
      fail("to have its data but they are cleared");
    }
    return this;
  }

  /** Verifies that its stdout so far contains this text. */
  public JobAssert printed(String text) {
    return printedTo("stdout", text);
  }

  /**
   * Verifies that it has printed this text so far.
   *
   * @param log {@code stdout}, {@code stderr}, or the name of a log file, such as
   *     {@code .system.log}
   */
  public JobAssert printedTo(String log, String text) {
    var printed = actual.emulator().log(job().getId(), log);
    if (!printed.contains(text)) {
      fail("to have printed '" + text + "' to " + log + " but it printed '" + printed + "'");
    }
    return this;
  }

  /**
   * Goes on with the content of an output or log file, downloaded from the URL that clients get.
   */
  public final AbstractByteArrayAssert<?> file(String path) {
    var url = actual
        .emulator()
        .downloadUrl(job().getId(), path)
        .orElseThrow(() -> failed(
            "Expected %s to have a file %s but it has %s%n%s",
            actual, path, Described.files(job()), timeline()));
    return next.to(FileDownload.of(url)).as("file %s of %s", path, actual);
  }

  private String expiry() {
    return job().hasDataExpiresAt()
        ? Instant.ofEpochSecond(job().getDataExpiresAt().getSeconds()).toString()
        : "it is deleted";
  }

  private Job job() {
    return actual.job();
  }

  private void fail(String expectation) {
    throw failed("Expected %s %s%n%s", actual, expectation, timeline());
  }

  private AssertionError failed(String text, Object... values) {
    return CallSites.inAuthorsCode(failure(text, values));
  }

  private String timeline() {
    return actual.emulator().timeline().render(job().getId());
  }
}
