package io.github.datasphere.junit;

import com.google.protobuf.ProtocolMessageEnum;
import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.testing.ProtoStatus;
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
    if (job().status() != ProtoStatus.toDomain(status)) {
      var why = job().statusDetails();
      fail("to be " + status + " but it is " + job().status() + (why.isEmpty() ? "" : ": " + why));
    }
    return this;
  }

  public JobAssert hasName(String name) {
    if (!job().submission().name().equals(name)) {
      fail("to be named '" + name + "'");
    }
    return this;
  }

  /** Verifies the code with which the program ended; fails if it did not end by itself. */
  public JobAssert exitedWith(int code) {
    var ending = job().execution().ending();
    if (!(ending instanceof Ending.Exited exited) || exited.returnCode() != code) {
      fail("to have exited with " + code + " but its end is " + ending);
    }
    return this;
  }

  /** Verifies that its files and logs are gone. */
  public JobAssert hasClearedData() {
    if (!job().data().cleared()) {
      fail("to have cleared its data but they live until " + job().data().expiresAt()
          + " and it is " + actual.emulator().clock().now());
    }
    return this;
  }

  /** Verifies that its files and logs are still there. */
  public JobAssert hasData() {
    if (job().data().cleared()) {
      fail("to have its data but they are cleared");
    }
    return this;
  }

  /** Verifies that its stdout so far contains this text. */
  public JobAssert printed(String text) {
    return printedTo(LogSource.STDOUT, text);
  }

  /** Verifies that this stream or log file so far contains this text. */
  public JobAssert printedTo(LogSource source, String text) {
    var printed = actual.emulator().log(job().id(), source);
    if (!printed.contains(text)) {
      fail("to have printed '" + text + "' to " + name(source) + " but it printed '" + printed
          + "'");
    }
    return this;
  }

  /**
   * Goes on with the content of an output or log file, downloaded from the URL that clients get.
   */
  public final AbstractByteArrayAssert<?> file(String path) {
    var file = produced(path);
    return next.to(FileDownload.of(actual.emulator().downloadUrl(job(), file)))
        .as("file %s of %s", path, actual);
  }

  private static String name(LogSource source) {
    return source.isStandardStream() ? source.kind().toString() : source.path();
  }

  private JobFile produced(String path) {
    var files = job().producedFiles();
    for (var file : files) {
      if (file.desc().label().equals(path) || file.desc().path().equals(path)) {
        return file;
      }
    }
    throw failed(
        "Expected %s to have a file %s but it has %s%n%s",
        actual, path, files.stream().map(file -> file.desc().label()).toList(), timeline());
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
    return actual.emulator().timeline().render(job().id());
  }
}
