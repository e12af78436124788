package io.github.datasphere.emulator.grpc.interception;

import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place where a failure becomes a status, see {@link GrpcErrors}. */
public final class ErrorInterceptor implements ServerInterceptor {
  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var guarded = new GuardedCall<>(call);
    try {
      return new GuardedListener<>(next.startCall(guarded, headers), guarded);
    } catch (RuntimeException | Error e) {
      guarded.fail(e);
      passOn(e);
      return new ServerCall.Listener<>() {};
    }
  }

  /**
   * Throws errors that concern the whole process again, since an answer does not deal with them. A
   * stack overflow is not one of them: the next call has a fresh stack.
   */
  private static void passOn(Throwable failure) {
    if (failure instanceof VirtualMachineError fatal && !(failure instanceof StackOverflowError)) {
      throw fatal;
    }
  }

  /** Ends at most once, and never with {@code UNKNOWN}. */
  private static final class GuardedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private boolean closed;

    GuardedCall(ServerCall<Q, R> call) {
      super(call);
    }

    String method() {
      return getMethodDescriptor().getFullMethodName();
    }

    boolean takesOneMessage() {
      return getMethodDescriptor().getType().clientSendsOneMessage();
    }

    void fail(Throwable failure) {
      var told = GrpcErrors.of(failure, method());
      var trailers = told.getTrailers();
      close(told.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      super.close(telling(status), trailers);
    }

    private Status telling(Status status) {
      if (status.getCode() == Status.Code.UNKNOWN) {
        return GrpcErrors.of(status.asRuntimeException(), method()).getStatus();
      }
      if (status.getCode() == Status.Code.UNIMPLEMENTED) {
        return UnknownCalls.refusal(method());
      }
      return GrpcErrors.clipped(status);
    }
  }

  /**
   * Turns an exception of the service into the end of the call; after it the service is not called
   * any more.
   */
  private static final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final GuardedCall<Q, ?> call;
    private boolean hasMessage;
    private boolean failed;

    GuardedListener(ServerCall.Listener<Q> listener, GuardedCall<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> {
        if (message instanceof Unreadable unreadable) {
          throw unreadable.refusal();
        }
        hasMessage = true;
        super.onMessage(message);
      });
    }

    /** A second message never comes here: gRPC itself cancels such a call. */
    @Override
    public void onHalfClose() {
      guard(() -> {
        if (!hasMessage && call.takesOneMessage()) {
          throw Rejected.malformed("a request must be one message, but none came")
              .asException();
        }
        super.onHalfClose();
      });
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    @Override
    public void onCancel() {
      end(super::onCancel);
    }

    @Override
    public void onComplete() {
      end(super::onComplete);
    }

    private void guard(Runnable callback) {
      if (failed) {
        return;
      }
      try {
        callback.run();
      } catch (RuntimeException | Error e) {
        failed = true;
        call.fail(e);
        passOn(e);
      }
    }

    /** Runs a callback at the end of the call; there is no client left to be told of a failure. */
    private void end(Runnable callback) {
      try {
        callback.run();
      } catch (RuntimeException | Error e) {
        log().error("The end of the call {} could not be handled", call.method(), e);
        passOn(e);
      }
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(ErrorInterceptor.class);
  }
}
