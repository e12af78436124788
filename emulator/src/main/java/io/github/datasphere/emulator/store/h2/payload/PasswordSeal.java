package io.github.datasphere.emulator.store.h2.payload;

/** Keeps passwords from being readable in the state (service-behaviour 10.41). */
public interface PasswordSeal {
  byte[] seal(String password);

  /** The password; empty if its key is lost. */
  String open(byte[] sealed);
}
