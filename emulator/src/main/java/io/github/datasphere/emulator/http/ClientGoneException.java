package io.github.datasphere.emulator.http;

import java.io.IOException;

/** The other side closed the connection or stopped half-way: nobody is there to be answered. */
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(IOException cause) {
    super("the client closed the connection", cause);
  }
}
