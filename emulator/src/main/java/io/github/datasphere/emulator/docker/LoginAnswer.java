package io.github.datasphere.emulator.docker;

import com.github.dockerjava.api.model.AuthConfig;

/** What is known about a login. Its text never contains a password. */
sealed interface LoginAnswer {
  /** The user that stands for a token instead of a password. */
  String TOKEN_USER = "<token>";

  /** There is a login. */
  record Stored(AuthConfig login) implements LoginAnswer {
    @Override
    public String toString() {
      return "Stored[redacted]";
    }
  }

  /** There is no login. */
  record None() implements LoginAnswer {}

  /** There may be a login, but it cannot be read, for this reason. */
  record Unknown(String why) implements LoginAnswer {}

  /**
   * Makes the login of a user and a secret.
   *
   * @param user may say that the secret is a token instead of a password
   */
  static LoginAnswer ofSecret(String user, String secret, String registry) {
    if (secret.isEmpty()) {
      return new None();
    }
    var login = new AuthConfig().withRegistryAddress(registry);
    return new Stored(
        user.equals(TOKEN_USER)
            ? login.withIdentityToken(secret)
            : login.withUsername(user).withPassword(secret));
  }
}
