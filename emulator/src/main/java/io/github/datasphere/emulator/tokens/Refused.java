package io.github.datasphere.emulator.tokens;

/**
 * Why not.
 *
 * @param message for the caller: what is wrong and what to do; holds no secret
 */
public record Refused(Reason reason, String message) implements Access, Exchange {
  /** The status that answers it. */
  public enum Reason {
    /** Nobody knows who calls. */
    UNAUTHENTICATED,
    /** It is known who calls, and that they may not. */
    PERMISSION_DENIED
  }

  static Refused unauthenticated(String message) {
    return new Refused(Reason.UNAUTHENTICATED, message);
  }
}
