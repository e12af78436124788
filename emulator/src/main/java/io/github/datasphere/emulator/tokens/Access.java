package io.github.datasphere.emulator.tokens;

import java.time.Instant;

/** The decision whether a caller may go on. */
public sealed interface Access {

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

  /**
   * The reason of a refusal.
   *
   * @param message text for the caller: what is wrong and what to do; contains no secret
   */
  record Refused(Reason reason, String message) implements Access, TokenExchange {
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

  /** The answer to a request for an IAM token. */
  sealed interface TokenExchange {}

  /**
   * A new IAM token, which is a secret.
   *
   * @param expiresAt the token is refused from this time on
   */
  record IssuedToken(String value, Instant expiresAt) implements TokenExchange {
    @Override
    public String toString() {
      return "IssuedToken[value=***, expiresAt=" + expiresAt + "]";
    }
  }
}
