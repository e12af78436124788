package io.github.datasphere.emulator.http.connection;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** The body of a response. Tells the loss of the client from other failures. */
final class ResponseBody extends OutputStream {
  private final OutputStream body;
  private final ClientWait client;

  ResponseBody(HttpExchange exchange, ClientWait client) {
    this.body = exchange.getResponseBody();
    this.client = client;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    send(() -> body.write(buffer, offset, length), length);
  }

  @Override
  public void flush() throws IOException {
    send(body::flush, 0);
  }

  @Override
  public void close() throws IOException {
    send(body::close, 0);
  }

  private void send(Sending sending, int bytes) throws IOException {
    client.begin();
    try {
      sending.run();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    } finally {
      client.end(bytes);
    }
  }

  @FunctionalInterface
  private interface Sending {
    void run() throws IOException;
  }
}
