package io.github.datasphere.emulator.job.lifecycle;

/** Carries a {@link Rejected} to the edge, where one interceptor makes it the protocol's error. */
public final class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Rejected rejected;

  RejectedException(Rejected rejected) {
    // An expected answer, not a fault of ours: no stack trace
    super(rejected.message(), null, false, false);
    this.rejected = rejected;
  }

  public Rejected rejected() {
    return rejected;
  }
}
