package io.github.datasphere.emulator.testing;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.function.Supplier;

/** Notes every call in the journal, and lets ordered faults happen to it. */
public final class CallWatcher implements ServerInterceptor {
  private final Supplier<TestState> state;
  private final RecordingSwitch watch;

  /**
   * Watches for the current world.
   *
   * @param state asked at each call, since a reset swaps it
   * @param watch tells whether calls are recorded
   */
  public CallWatcher(Supplier<TestState> state, RecordingSwitch watch) {
    this.state = state;
    this.watch = watch;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!watch.isOn()) {
      return next.startCall(call, headers);
    }
    var current = state.get();
    return current
        .journal()
        .record(
            call,
            headers,
            watch.keepsWhole(),
            (recorded, h, faults) ->
                FaultyCall.start(current, recorded, faults, faulty -> next.startCall(faulty, h)));
  }
}
