package io.github.datasphere.emulator.store.h2.payload;

/** Encrypts passwords, so that they cannot be read in the state (service-behaviour 10.41). */
public interface PasswordSeal {
  byte[] seal(String password);

  /** Returns the password; empty if its key is lost. */
  String open(byte[] sealed);
}
