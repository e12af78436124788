package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.files.FileGrant;
import java.io.IOException;

/**
 * Is called before every upload and download whose URL is valid, so that faults can happen there.
 */
@FunctionalInterface
public interface TransferInterceptor {
  /** Lets everything pass. */
  TransferInterceptor NONE = (exchange, grant, transfer) -> transfer.run();

  /**
   * Runs the transfer, as it is or with other streams ({@link HttpExchange#setStreams}), or answers
   * in its place and closes the exchange.
   */
  void intercept(HttpExchange exchange, FileGrant grant, Transfer transfer) throws IOException;

  /** The transfer that is intercepted. */
  @FunctionalInterface
  interface Transfer {
    void run() throws IOException;
  }
}
