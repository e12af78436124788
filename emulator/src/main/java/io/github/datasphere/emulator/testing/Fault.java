package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.job.JobStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that goes wrong with some calls of one method. The conditions come first and the
 * actions last: {@code faults.on("Create").nth(3).failWith(Status.UNAVAILABLE)}. Several actions
 * happen in the order in which they are called, as in
 * {@code delayBy(ofMinutes(1)).failWith(Status.UNAVAILABLE)}; an action that cannot follow is
 * refused.
 */
public final class Fault {
  /** The method of a fault of a file URL, which is not a call. */
  static final String UPLOAD = "PUT";

  static final String DOWNLOAD = "GET";

  private static final int NOT_SAID = 0;

  private final String method;
  private final StackTraceElement origin;
  private int first = NOT_SAID;
  private int times = NOT_SAID;
  private int seen;
  private int fired;
  private Predicate<Message> requests = request -> true;
  private Set<JobStatus> jobStatuses = EnumSet.allOf(JobStatus.class);
  private boolean anyJob = true;
  private volatile FaultActions actions = FaultActions.NONE;

  Fault(String method) {
    this(method, CallSites.caller());
  }

  Fault(String method, StackTraceElement origin) {
    this.method = method;
    this.origin = origin;
  }

  /** Returns a copy, which goes on from here independently. */
  synchronized Fault copy() {
    var copy = new Fault(method, origin);
    copy.first = first;
    copy.times = times;
    copy.seen = seen;
    copy.fired = fired;
    copy.requests = requests;
    copy.jobStatuses = jobStatuses;
    copy.anyJob = anyJob;
    copy.actions = actions;
    return copy;
  }

  /**
   * Begins with the nth call that meets the conditions, counted from 1. Unless more is said, only
   * that call.
   */
  public synchronized Fault nth(int number) {
    refuseUnless(number >= 1, "calls are counted from 1, not " + number);
    refuseUnless(first == NOT_SAID, "the fault begins at call " + first + " already");
    first = number;
    return this;
  }

  /** Takes this many calls that meet the conditions; the default is one. */
  public synchronized Fault next(int number) {
    refuseUnless(number >= 1, "a fault has to concern at least 1 call, not " + number);
    return repeat(number);
  }

  /** Takes all further calls that meet the conditions. */
  public synchronized Fault always() {
    return repeat(Integer.MAX_VALUE);
  }

  private Fault repeat(int number) {
    refuseUnless(
        times == NOT_SAID,
        "it is said already how many calls the fault concerns: order another fault beside it");
    times = number;
    return this;
  }

  /**
   * Takes only calls with such a request.
   *
   * @param type our class of the request or the official SDK's, or {@link Message} for any
   * @throws IllegalArgumentException if no call of this name takes such a request
   */
  public synchronized <Q extends Message> Fault when(Class<Q> type, Predicate<Q> condition) {
    refuseTransfer();
    CallNames.check(method, type);
    requests =
        requests.and(request -> RequestTypes.as(type, request).filter(condition).isPresent());
    return this;
  }

  /**
   * Takes only calls whose request has this value in this field.
   *
   * @param field a field of the request itself, named as in the proto, such as {@code job_id}
   * @throws IllegalArgumentException if no call of this name has such a field
   */
  public synchronized Fault whenHas(String field, String value) {
    refuseTransfer();
    CallNames.checkField(method, field);
    requests = requests.and(request -> RequestTypes.reads(request, field, value));
    return this;
  }

  private void refuseTransfer() {
    refuseUnless(
        !isTransfer(),
        "an upload or download has no request to look into: take whileJobIs, nth or next");
  }

  /**
   * Takes only calls, uploads and downloads for a job in this state. Several calls of this method
   * add up: any of the states will do.
   *
   * @param status a value of our {@code io.github.datasphere.proto.jobs.JobStatus} or of the
   *     official SDK's
   * @throws IllegalArgumentException if it is of another enum, or names no state
   */
  public synchronized Fault whileJobIs(ProtocolMessageEnum status) {
    var state = ProtoStatus.toDomain(status);
    jobStatuses = anyJob ? EnumSet.of(state) : with(state);
    anyJob = false;
    return this;
  }

  /** The call fails and changes nothing. */
  public Fault failWith(Status status) {
    return failWith(status.asRuntimeException());
  }

  /**
   * The call fails and changes nothing; the failure may have trailers, such as details of the
   * status.
   */
  public Fault failWith(StatusRuntimeException failure) {
    return act(new FaultAction.Fail(checked(failure), false));
  }

  /** The call does what it should, but its answer is lost: the client sees this instead. */
  public Fault failAfterEffectWith(Status status) {
    return failAfterEffectWith(status.asRuntimeException());
  }

  /** Does the same with a failure that may have trailers. */
  public Fault failAfterEffectWith(StatusRuntimeException failure) {
    return act(new FaultAction.Fail(checked(failure), true));
  }

  /** The call is delayed for this long, on the emulator's clock. Several delays add up. */
  public Fault delayBy(Duration latency) {
    refuseUnless(!latency.isNegative(), "a call cannot be delayed by " + latency);
    return act(new FaultAction.Delay(latency));
  }

  /**
   * The call does what it should, but its operation is shown as open for this long, on the
   * emulator's clock: in this answer, by OperationService and wherever else it is shown. Clients of
   * the real service have to wait for it; some do so wrongly.
   */
  public Fault staysOpenFor(Duration time) {
    refuseUnless(!time.isNegative() && !time.isZero(), "an operation cannot stay open for " + time);
    return act(new FaultAction.StayOpen(time));
  }

  /** A log stream breaks before the record with this offset. */
  public Fault breakAt(long offset, Status status) {
    return breakAt(offset, status.asRuntimeException());
  }

  /** Does the same with a failure that may have trailers. */
  public Fault breakAt(long offset, StatusRuntimeException failure) {
    refuseUnless(offset >= 0, "a log has no record " + offset + ": they are counted from 0");
    return act(new FaultAction.Break(offset, checked(failure)));
  }

  /**
   * An upload or download is answered with this HTTP status, and nothing is transferred.
   *
   * @param httpStatus 200 to 599
   */
  public Fault respondWith(int httpStatus, String text) {
    refuseUnless(
        httpStatus >= 200 && httpStatus <= 599,
        httpStatus + " is no status of an answer: take one from 200 to 599");
    return act(new FaultAction.Respond(httpStatus, text));
  }

  /** An upload or download breaks off after this many bytes. */
  public Fault cutAt(long bytes) {
    refuseUnless(bytes >= 0, "a transfer cannot break off after " + bytes + " bytes");
    return act(new FaultAction.Cut(bytes));
  }

  public String method() {
    return method;
  }

  /** Returns how often the fault has happened. */
  public synchronized int fired() {
    return fired;
  }

  /** Whether the fault has not happened as often as it was ordered. */
  public synchronized boolean isPending() {
    return isAlways() ? fired == 0 : fired < Math.max(1, times);
  }

  /** Returns the line of the test that ordered the fault. */
  public StackTraceElement origin() {
    return origin;
  }

  @Override
  public synchronized String toString() {
    return actions + " at " + method + ", fired " + fired + " times, ordered at " + origin;
  }

  FaultActions actions() {
    return actions;
  }

  /** Whether the fault happens to this call; counts the call if it meets the conditions. */
  synchronized boolean takes(Message request, Predicate<Set<JobStatus>> jobIsIn) {
    return !actions.isEmpty() && isAbout(request) && takes(jobIsIn);
  }

  /** Whether the fault happens to a transfer at a file URL, which has no request. */
  synchronized boolean takesTransfer(Predicate<Set<JobStatus>> jobIsIn) {
    return !actions.isEmpty() && takes(jobIsIn);
  }

  private boolean takes(Predicate<Set<JobStatus>> jobIsIn) {
    return (anyJob || jobIsIn.test(jobStatuses)) && count();
  }

  private boolean isAbout(Message request) {
    try {
      return requests.test(request);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The condition of the fault ordered at " + origin + " threw " + CallSites.told(e), e);
    }
  }

  private boolean count() {
    if (!isAlways() && fired >= Math.max(1, times)) {
      return false;
    }
    if (++seen < first) {
      return false;
    }
    fired++;
    return true;
  }

  private boolean isAlways() {
    return times == Integer.MAX_VALUE;
  }

  private synchronized Fault act(FaultAction what) {
    var target = what.target();
    refuseUnless(
        target == FaultAction.Target.ANYTHING
            || (isTransfer()
                ? target == FaultAction.Target.FILE
                : target == FaultAction.Target.CALL
                    || (target == FaultAction.Target.LOG_STREAM && LogCut.isLogStream(method))
                    || (target == FaultAction.Target.OPERATION
                        && CallNames.givesOperation(method))),
        what + " happens to " + target + ", and '" + method + "' is "
            + (isTransfer() ? FaultAction.Target.FILE : "another call"));
    try {
      actions = actions.and(what);
    } catch (IllegalArgumentException e) {
      throw CallSites.inAuthorsCode(e);
    }
    return this;
  }

  private boolean isTransfer() {
    return method.equals(UPLOAD) || method.equals(DOWNLOAD);
  }

  private Set<JobStatus> with(JobStatus status) {
    var more = EnumSet.copyOf(jobStatuses);
    more.add(status);
    return more;
  }

  private static FaultAction.Failure checked(StatusRuntimeException failure) {
    refuseUnless(
        !failure.getStatus().isOk(),
        "a fault needs an error, and Status.OK is none: leave the call alone instead");
    long bytes = TrailerSize.of(failure);
    refuseUnless(
        bytes <= TrailerSize.MOST,
        "description, details and trailers of a fault take " + bytes
            + " bytes on their way, and clients break connections above " + TrailerSize.MOST
            + ": make them shorter");
    return FaultAction.Failure.of(failure);
  }

  private static void refuseUnless(boolean isPossible, String why) {
    if (!isPossible) {
      throw CallSites.inAuthorsCode(new IllegalArgumentException(why));
    }
  }
}
