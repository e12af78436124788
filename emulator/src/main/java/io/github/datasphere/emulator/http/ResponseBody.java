package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** The body of a response. Tells a client that is gone from other failures. */
final class ResponseBody extends OutputStream {
  private final OutputStream body;
  private final Patience.Progress progress;

  ResponseBody(HttpExchange exchange, Patience.Progress progress) {
    this.body = exchange.getResponseBody();
    this.progress = progress;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    try {
      body.write(buffer, offset, length);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
    progress.moved(length);
  }

  @Override
  public void flush() throws IOException {
    try {
      body.flush();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
