package io.github.datasphere.emulator.http.connection;

import java.io.IOException;

/** The client closed the connection or stopped half-way, so there is no one to answer. */
public final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  public ClientGoneException(IOException cause) {
    super("the client closed the connection", cause);
  }
}
