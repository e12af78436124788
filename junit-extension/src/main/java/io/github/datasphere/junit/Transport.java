package io.github.datasphere.junit;

/** How a test's channels and stubs reach its emulator. */
public enum Transport {
  /** Without a port: the fastest, and deterministic. */
  IN_PROCESS,

  /** Plaintext over TCP, at a free port. */
  TCP,

  /** TLS with the emulator's own authority, at a free port. */
  TLS
}
