package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call to which a fault may happen as soon as its request is there. */
final class FaultyCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private final TestState state;
  private final Consumer<FaultActions> told;
  private FaultActions actions = FaultActions.NONE;
  private @Nullable FaultAction ending;
  private boolean over;

  private FaultyCall(TestState state, ServerCall<Q, R> call, Consumer<FaultActions> told) {
    super(call);
    this.state = state;
    this.told = told;
  }

  /**
   * Begins.
   *
   * @param told is told of each fault that happens to the call
   */
  static <Q, R> ServerCall.Listener<Q> start(
      TestState state,
      ServerCall<Q, R> call,
      Consumer<FaultActions> told,
      Function<ServerCall<Q, R>, ServerCall.Listener<Q>> next) {
    var faulty = new FaultyCall<>(state, call, told);
    return faulty.new Requests(next.apply(faulty));
  }

  @Override
  public void sendMessage(R whole) {
    if (over || isAnswerLost()) {
      return;
    }
    var message = whole instanceof Operation operation ? cast(shown(operation), whole) : whole;
    if (ending instanceof FaultAction.Break cut && message instanceof Message reply) {
      var kept = LogCut.before(cut.offset(), reply);
      kept.messageToSend().ifPresent(part -> super.sendMessage(cast(part, message)));
      if (kept.isBroken()) {
        fail(cut.failure());
      }
      return;
    }
    super.sendMessage(message);
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (over) {
      return;
    }
    over = true;
    if (status.isOk() && ending instanceof FaultAction.Fail fail) {
      super.close(fail.failure().status(), fail.failure().newTrailers());
    } else {
      super.close(status, trailers);
    }
  }

  private Operation shown(Operation operation) {
    var now = state.scheduler().clock().instant();
    var held = state.faults().operations();
    if (ending instanceof FaultAction.StayOpen stay) {
      held.hold(new OperationId(operation.getId()), now, stay.time());
    }
    return held.shown(operation, now);
  }

  @SuppressWarnings("unchecked") // a message of the very type of the one that it is a part of
  private R cast(Message part, R whole) {
    return (R) whole.getClass().cast(part);
  }

  private boolean isAnswerLost() {
    return ending instanceof FaultAction.Fail;
  }

  private void fail(FaultAction.Failure failure) {
    over = true;
    super.close(failure.status(), failure.newTrailers());
  }

  private void fail(Status status) {
    fail(new FaultAction.Failure(status, new Metadata()));
  }

  private Optional<FaultActions> take(Object request) {
    if (!(request instanceof Message message)) {
      return Optional.empty();
    }
    var method = String.valueOf(getMethodDescriptor().getBareMethodName());
    var taken = state
        .scheduler()
        .callback(() -> state.faults().take(method, message, statuses -> isIn(statuses, message)));
    taken.ifPresent(told);
    taken.ifPresent(fault -> job(message)
        .filter(job -> state.jobIsIn(EnumSet.allOf(JobStatus.class), job))
        .ifPresent(job -> state
            .timeline()
            .note(
                job.value(),
                state.scheduler().clock().instant(),
                "fault at " + method + ": " + fault)));
    return taken;
  }

  private boolean isIn(Set<JobStatus> statuses, Message request) {
    return job(request).map(job -> state.jobIsIn(statuses, job)).orElse(false);
  }

  /** Returns the job that the request names. */
  private static Optional<JobId> job(Message request) {
    return Optional.ofNullable(request.getDescriptorForType().findFieldByName("job_id"))
        .map(field -> new JobId((String) request.getField(field)));
  }

  /** Passes the request on to the service once it is complete. */
  private final class Requests extends ForwardingServerCallListener<Q> {
    private final ServerCall.Listener<Q> service;

    private Requests(ServerCall.Listener<Q> service) {
      this.service = service;
    }

    @Override
    protected ServerCall.Listener<Q> delegate() {
      return service;
    }

    @Override
    public void onMessage(Q message) {
      try {
        actions = take(message).orElse(FaultActions.NONE);
        ending = actions.ending().orElse(null);
      } catch (IllegalStateException e) {
        fail(Status.INTERNAL.withDescription(e.getMessage()));
        return;
      }
      super.onMessage(message);
    }

    @Override
    public void onHalfClose() {
      if (over) {
        return;
      }
      var delay = actions.delay();
      if (delay.isZero()) {
        goOn();
      } else {
        state
            .faults()
            .hold(
                state.scheduler(),
                delay,
                this::goOn,
                why -> fail(Status.CANCELLED.withDescription(why)));
      }
    }

    /**
     * Lets the service act, which it does on half-close, unless the call has to fail before that.
     */
    private void goOn() {
      if (ending instanceof FaultAction.Fail fail && !fail.afterEffect()) {
        fail(fail.failure());
      } else {
        super.onHalfClose();
      }
    }
  }
}
