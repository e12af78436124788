package io.github.datasphere.emulator.tokens;

/** The decision whether a caller may go on. */
public sealed interface Access permits Access.Granted, Refused {

  /**
   * The token is good. Neither id is a secret; both have the form of the service's account ids.
   *
   * @param subjectId the name under which the caller acts, which jobs and projects store
   * @param owner the owner whose rights the caller has: the same for all tokens that stem from the
   *     same secret, whatever name they have
   */
  record Granted(String subjectId, String owner) implements Access {
    /** Grants access to a caller who acts under an own name. */
    public Granted(String subjectId) {
      this(subjectId, subjectId);
    }
  }
}
