package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Origins;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that goes wrong with some calls of one method. Conditions first, what happens last:
 * {@code faults.on("Create").nth(3).failWith(Status.UNAVAILABLE)}.
 */
public final class Fault {
  /** Where the method is a file's URL and no call. */
  static final String UPLOAD = "PUT";

  static final String DOWNLOAD = "GET";

  private final String method;
  private final StackTraceElement origin;
  private int skip;
  private int times = 1;
  private int fired;
  private Predicate<Message> requests = request -> true;
  private Set<JobStatus> jobStatuses = EnumSet.allOf(JobStatus.class);
  private boolean anyJob = true;
  private volatile FaultAction action = new FaultAction.None();

  Fault(String method) {
    this(method, Origins.caller());
  }

  Fault(String method, StackTraceElement origin) {
    this.method = method;
    this.origin = origin;
  }

  /** Goes on from here by itself. */
  synchronized Fault copy() {
    var copy = new Fault(method, origin);
    copy.skip = skip;
    copy.times = times;
    copy.fired = fired;
    copy.requests = requests;
    copy.jobStatuses = jobStatuses;
    copy.anyJob = anyJob;
    copy.action = action;
    return copy;
  }

  /** Only the nth call from now on that meets the conditions, counted from 1. */
  public synchronized Fault nth(int number) {
    if (number < 1) {
      throw Origins.inAuthorsCode(
          new IllegalArgumentException("calls are counted from 1, not " + number));
    }
    skip = number - 1;
    times = 1;
    return this;
  }

  /** The next so many calls that meet the conditions; without it the next one. */
  public synchronized Fault next(int number) {
    if (number < 1) {
      throw Origins.inAuthorsCode(
          new IllegalArgumentException("a fault has to concern at least 1 call, not " + number));
    }
    times = number;
    return this;
  }

  /** All calls from now on that meet the conditions. */
  public synchronized Fault always() {
    times = Integer.MAX_VALUE;
    return this;
  }

  /**
   * Only calls with such a request.
   *
   * @param type our class of it or the official SDK's, or {@link Message} for any
   * @throws IllegalArgumentException if no call of this name takes it
   */
  public synchronized <Q extends Message> Fault when(Class<Q> type, Predicate<Q> condition) {
    CallNames.check(method, type);
    requests =
        requests.and(request -> RequestTypes.as(type, request).filter(condition).isPresent());
    return this;
  }

  /** Only calls that name a job in this state. */
  public synchronized Fault whileJobIs(JobStatus status) {
    jobStatuses = anyJob ? EnumSet.of(status) : with(status);
    anyJob = false;
    return this;
  }

  /** The call fails and changes nothing. */
  public Fault failWith(Status status) {
    return failWith(status.asRuntimeException());
  }

  /** The same, with trailers: details of the status, for example. */
  public Fault failWith(StatusRuntimeException failure) {
    return act(FaultAction.Fail.of(checked(failure), false));
  }

  /** The call does what it should, but its answer is lost: the client sees this instead. */
  public Fault failAfterEffectWith(Status status) {
    return failAfterEffectWith(status.asRuntimeException());
  }

  /** The same, with trailers. */
  public Fault failAfterEffectWith(StatusRuntimeException failure) {
    return act(FaultAction.Fail.of(checked(failure), true));
  }

  /** The call is held up for so long, on the emulator's clock. */
  public Fault delayBy(Duration latency) {
    if (latency.isNegative()) {
      throw Origins.inAuthorsCode(
          new IllegalArgumentException("a call can't be delayed by " + latency));
    }
    return act(new FaultAction.Delay(latency));
  }

  /** A log stream breaks before the record with this offset. */
  public Fault breakAt(long offset, Status status) {
    return act(new FaultAction.Break(offset, notOk(status)));
  }

  /** An upload or download is answered with this HTTP status and nothing happens. */
  public Fault respondWith(int httpStatus, String text) {
    return act(new FaultAction.Respond(httpStatus, text));
  }

  /** An upload or download breaks off after so many bytes. */
  public Fault cutAt(long bytes) {
    return act(new FaultAction.Cut(bytes));
  }

  public String method() {
    return method;
  }

  /** How often it has happened. */
  public synchronized int fired() {
    return fired;
  }

  /** Whether something is left that was ordered and has not happened. */
  public synchronized boolean isPending() {
    return times == Integer.MAX_VALUE ? fired == 0 : fired < times;
  }

  /** The line of the test that ordered it. */
  public StackTraceElement origin() {
    return origin;
  }

  @Override
  public synchronized String toString() {
    return action + " at " + method + ", fired " + fired + " times, ordered at " + origin;
  }

  FaultAction action() {
    return action;
  }

  boolean needsJob() {
    return !anyJob;
  }

  /** Whether this call is one of those; counts it if so. */
  synchronized boolean takes(Message request, Predicate<Set<JobStatus>> jobIsIn) {
    if (action instanceof FaultAction.None || !isAbout(request)) {
      return false;
    }
    return (anyJob || jobIsIn.test(jobStatuses)) && count();
  }

  /** The same for a file's URL, which has no request. */
  synchronized boolean takesTransfer() {
    return !(action instanceof FaultAction.None) && count();
  }

  private boolean isAbout(Message request) {
    try {
      return requests.test(request);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The condition of the fault ordered at " + origin + " threw " + Origins.told(e), e);
    }
  }

  private boolean count() {
    if (skip > 0) {
      skip--;
      return false;
    }
    if (fired >= times) {
      return false;
    }
    fired++;
    return true;
  }

  private Fault act(FaultAction what) {
    action = what;
    return this;
  }

  private Set<JobStatus> with(JobStatus status) {
    var more = EnumSet.copyOf(jobStatuses);
    more.add(status);
    return more;
  }

  private static StatusRuntimeException checked(StatusRuntimeException failure) {
    notOk(failure.getStatus());
    return failure;
  }

  private static Status notOk(Status status) {
    if (status.isOk()) {
      throw Origins.inAuthorsCode(new IllegalArgumentException(
          "a fault needs an error, and Status.OK is none: leave the call alone instead"));
    }
    return status;
  }
}
