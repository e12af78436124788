package io.github.datasphere.emulator.client.python;

/** The Python environment could not be found out; the message tells a user what to do. */
public final class PythonSetupException extends Exception {
  private static final long serialVersionUID = 1;

  PythonSetupException(String message) {
    super(message);
  }
}
