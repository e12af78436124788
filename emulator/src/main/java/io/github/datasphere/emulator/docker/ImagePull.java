package io.github.datasphere.emulator.docker;

import java.util.Optional;

/**
 * How an image is to be had.
 *
 * @param login to its registry; without one, what {@code docker login} has stored counts
 * @param mirror host from which images of Docker Hub are pulled instead
 */
public record ImagePull(
    ImageName name, Policy policy, Optional<Login> login, Optional<String> mirror) {

  /** When it is pulled. */
  public enum Policy {
    MISSING,
    ALWAYS,
    NEVER
  }

  /** Who pulls. */
  public record Login(String username, String password) {
    @Override
    public String toString() {
      return "Login[" + username + "]";
    }
  }
}
