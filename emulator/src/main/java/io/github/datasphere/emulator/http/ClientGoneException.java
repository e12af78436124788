package io.github.datasphere.emulator.http;

import java.io.IOException;

/** The client closed the connection or stopped half-way, so there is no one to answer. */
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(IOException cause) {
    super("the client closed the connection", cause);
  }
}
