package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.RejectedException;
import io.github.datasphere.emulator.job.id.JobId;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call, to which a fault may happen as soon as its request is there. */
final class FaultyCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private final TestState state;
  private @Nullable FaultAction action;
  private boolean over;

  private FaultyCall(TestState state, ServerCall<Q, R> call) {
    super(call);
    this.state = state;
  }

  static <Q, R> ServerCall.Listener<Q> start(
      TestState state, ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var faulty = new FaultyCall<>(state, call);
    return faulty.new Requests(next.startCall(faulty, headers));
  }

  @Override
  public void sendMessage(R message) {
    if (over || isAnswerLost()) {
      return;
    }
    if (action instanceof FaultAction.Break cut && message instanceof Message reply) {
      var kept = LogCut.before(cut.offset(), reply);
      kept.messageToSend().ifPresent(part -> super.sendMessage(cast(part, message)));
      if (kept.isBroken()) {
        fail(cut.status(), new Metadata());
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
    if (status.isOk() && action instanceof FaultAction.Fail fail) {
      super.close(fail.status(), fail.newTrailers());
    } else {
      super.close(status, trailers);
    }
  }

  @SuppressWarnings("unchecked") // a message of the very type of the one that it is a part of
  private R cast(Message part, R whole) {
    return (R) whole.getClass().cast(part);
  }

  private boolean isAnswerLost() {
    return action instanceof FaultAction.Fail;
  }

  private void fail(Status status, Metadata trailers) {
    over = true;
    super.close(status, trailers);
  }

  private Optional<FaultAction> take(Object request) {
    if (!(request instanceof Message message)) {
      return Optional.empty();
    }
    var method = String.valueOf(getMethodDescriptor().getBareMethodName());
    var taken = state
        .scheduler()
        .callback(() -> state.faults().take(method, message, statuses -> isIn(statuses, message)));
    taken.ifPresent(fault -> job(message)
        .ifPresent(job -> state
            .timeline()
            .note(
                job.id(),
                state.scheduler().clock().instant(),
                "fault at " + method + ": " + fault)));
    return taken;
  }

  private boolean isIn(Set<JobStatus> statuses, Message request) {
    return job(request).map(job -> statuses.contains(job.status())).orElse(false);
  }

  /** The job that the request names, if it names one that there is. */
  private Optional<Job> job(Message request) {
    var field = request.getDescriptorForType().findFieldByName("job_id");
    if (field == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(state.engine().job(new JobId((String) request.getField(field))));
    } catch (RejectedException unknown) {
      return Optional.empty();
    }
  }

  /** The request on its way to the service; it goes on once it is whole. */
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
        action = take(message).orElse(null);
      } catch (IllegalStateException e) {
        fail(Status.INTERNAL.withDescription(e.getMessage()), new Metadata());
        return;
      }
      if (action instanceof FaultAction.Fail fail && !fail.afterEffect()) {
        fail(fail.status(), fail.newTrailers());
      } else {
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (over) {
        return;
      }
      if (action instanceof FaultAction.Delay delay) {
        state
            .faults()
            .hold(
                state.scheduler(),
                delay.latency(),
                super::onHalfClose,
                why -> fail(Status.CANCELLED.withDescription(why), new Metadata()));
      } else {
        super.onHalfClose();
      }
    }
  }
}
