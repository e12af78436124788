package io.github.datasphere.junit;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.testing.KnownFields;
import io.github.datasphere.emulator.testing.RecordedCall;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** Assertions on an emulator. */
public class EmulatorAssert extends AbstractAssert<EmulatorAssert, Emulator> {
  private Navigation next = Navigation.HARD;

  public EmulatorAssert(Emulator emulator) {
    super(emulator, EmulatorAssert.class);
  }

  // Final, so that AssertJ does not intercept it: a soft failure here could not be continued

  final EmulatorAssert leading(Navigation elsewhere) {
    next = elsewhere;
    return this;
  }

  /** Goes on with one job; if there is no such job, fails and names those that there are. */
  public final JobAssert job(String id) {
    return next.to(EmulatedJob.of(actual, id));
  }

  /** Goes on with the only job of this name. */
  public final JobAssert jobNamed(String name) {
    var jobs = actual.jobs().stream().filter(job -> job.getName().equals(name)).toList();
    if (jobs.size() != 1) {
      throw failed(
          "Expected one job named '%s' but there are %s: %s",
          name, jobs.size(), Described.jobs(actual));
    }
    return next.to(new EmulatedJob(actual, jobs.get(0)));
  }

  /** Goes on with an operation; fails if there is none of this id. */
  public final OperationAssert operation(String id) {
    return next.to(actual
        .operation(id)
        .orElseThrow(() -> failed("Expected an operation %s but there is none", id)));
  }

  /** Verifies that there are exactly this many jobs, of whatever project and state. */
  public EmulatorAssert hasJobs(int count) {
    var jobs = actual.jobs();
    if (jobs.size() != count) {
      throw failed("Expected %s jobs but there are %s", count, Described.jobs(actual));
    }
    return this;
  }

  /** Verifies that exactly this many calls of this method came, including refused ones. */
  public EmulatorAssert wasCalled(int times, String method) {
    return wasCalled(times, method, Message.class, request -> true);
  }

  public EmulatorAssert wasCalledOnce(String method) {
    return wasCalled(1, method);
  }

  public EmulatorAssert wasNeverCalled(String method) {
    return wasCalled(0, method);
  }

  /**
   * Verifies that exactly one call of this method with such a request came.
   *
   * @param type our class of the request or the official SDK's
   * @throws IllegalArgumentException if no method of this name takes it
   */
  public <Q extends Message> EmulatorAssert wasCalledOnce(
      String method, Class<Q> type, Predicate<Q> request) {
    return wasCalled(1, method, type, request);
  }

  /**
   * Verifies that exactly this many calls of this method with such a request came; otherwise like
   * {@link #wasCalledOnce}.
   */
  public <Q extends Message> EmulatorAssert wasCalled(
      int times, String method, Class<Q> type, Predicate<Q> request) {
    var calls = actual.journal().exchanges(method);
    int count = actual.journal().exchanges(method, type, request).size();
    if (count != times) {
      throw failed(
          "Expected %s call(s) of %s with such a request but there were %s, of %s call(s) of it:%n%s",
          times, method, count, calls.size(), listed(calls));
    }
    return this;
  }

  /** Verifies that every fault has happened as often as it was ordered. */
  public EmulatorAssert hasNoPendingFaults() {
    if (!actual.faults().pending().isEmpty()) {
      throw failed(
          "Expected every fault to happen but not these: %s", actual.faults().pending());
    }
    return this;
  }

  private static String listed(List<RecordedCall> calls) {
    return calls.stream().map(call -> "  " + call + "\n" + text(call).indent(6)).collect(joining());
  }

  private static String text(RecordedCall call) {
    return call.request() == null ? "null" : KnownFields.of(call.request()).toString();
  }

  private AssertionError failed(String text, Object... values) {
    return CallSites.inAuthorsCode(failure(text, values));
  }
}
