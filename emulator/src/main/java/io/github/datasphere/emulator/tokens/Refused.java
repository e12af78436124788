package io.github.datasphere.emulator.tokens;

/**
 * The reason of a refusal.
 *
 * @param message text for the caller: what is wrong and what to do; contains no secret
 */
public record Refused(Reason reason, String message) implements Access, TokenExchange {
  /** The status of the answer. */
  public enum Reason {
    /** It is not known who calls. */
    UNAUTHENTICATED,
    /** It is known who calls, and that they may not. */
    PERMISSION_DENIED
  }

  static Refused unauthenticated(String message) {
    return new Refused(Reason.UNAUTHENTICATED, message);
  }
}
