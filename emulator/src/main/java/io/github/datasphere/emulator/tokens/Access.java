package io.github.datasphere.emulator.tokens;

/** Whether a caller may go on. */
public sealed interface Access permits Access.Granted, Refused {

  /**
   * The token is good. Neither id is a secret; both have the form of the service's account ids.
   *
   * @param subjectId in whose name the caller acts: what jobs and projects remember
   * @param owner whose rights the caller has: the same for all tokens that stem from the same
   *     secret, whatever name they carry
   */
  record Granted(String subjectId, String owner) implements Access {
    /** Somebody who acts in their own name. */
    public Granted(String subjectId) {
      this(subjectId, subjectId);
    }
  }
}
