package io.github.datasphere.emulator.docker;

/** Called from time to time while an image is pulled; ends the pull by throwing. */
@FunctionalInterface
public interface Interruption<E extends Exception> {
  void check() throws E;
}
