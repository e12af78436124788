package io.github.datasphere.emulator.tokens;

/** Whether a caller may go on. */
public sealed interface Access permits Access.Granted, Refused {

  /**
   * The token is good.
   *
   * @param subjectId whose it is: the same for all tokens that stem from the same secret. No secret
   *     itself, and in the form of the service's account ids
   */
  record Granted(String subjectId) implements Access {}
}
