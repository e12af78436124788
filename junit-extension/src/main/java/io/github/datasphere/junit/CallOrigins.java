package io.github.datasphere.junit;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.testing.Journal;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.List;

/** Tells the emulator which line of the test made a call, and refuses calls after its end. */
final class CallOrigins implements ClientInterceptor {
  /** Packages whose frames may be between a test and its call. */
  private static final List<String> OTHERS = List.of(
      "io.grpc.",
      "io.github.datasphere.proto.",
      "io.github.datasphere.junit.CallOrigins",
      "yandex.cloud.",
      "java.",
      "jdk.");

  private final String test;
  private final boolean tellOrigins;
  private volatile boolean closed;

  /**
   * Makes an interceptor for the calls of one test.
   *
   * @param tellOrigins whether to tell the line, which costs a walk over the stack at each call
   */
  CallOrigins(String test, boolean tellOrigins) {
    this.test = test;
    this.tellOrigins = tellOrigins;
  }

  void close() {
    closed = true;
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    if (closed) {
      throw CallSites.inAuthorsCode(
          new IllegalStateException("The emulator of " + test + " was closed when that ended: let"
              + " each test take its own stub or channel, as a parameter or in a @FromEmulator field,"
              + " and end what it started in other threads"));
    }
    var call = next.newCall(method, options);
    if (!tellOrigins) {
      return call;
    }
    var origin = caller();
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        headers.put(Journal.ORIGIN, origin);
        super.start(listener, headers);
      }
    };
  }

  private static String caller() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .filter(frame -> isAuthors(frame.getClassName()))
            .findFirst()
            .map(frame -> frame.toStackTraceElement().toString()))
        .orElse("?");
  }

  /** Uses a plain loop, since this runs for each frame of each call. */
  private static boolean isAuthors(String type) {
    for (var other : OTHERS) {
      if (type.startsWith(other)) {
        return false;
      }
    }
    return true;
  }
}
