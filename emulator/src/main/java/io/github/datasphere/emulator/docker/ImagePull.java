package io.github.datasphere.emulator.docker;

import java.util.Optional;

/**
 * How to get an image.
 *
 * @param login login to its registry; without one, the login that {@code docker login} has stored
 *     is used
 * @param mirror host from which images of Docker Hub are pulled instead
 */
public record ImagePull(
    ImageName name, Policy policy, Optional<Login> login, Optional<String> mirror) {

  /** When the image is pulled. */
  public enum Policy {
    MISSING,
    ALWAYS,
    NEVER
  }

  /** User and password for a registry. */
  public record Login(String username, String password) {
    @Override
    public String toString() {
      return "Login[" + username + "]";
    }
  }
}
