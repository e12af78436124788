package io.github.datasphere.emulator.http.connection;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request. Tells the end of the body from a client that broke off; in the JDK's
 * stream both look the same.
 */
public final class RequestBody extends InputStream {
  private static final long UNKNOWN = -1;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream body;
  private final long announced;
  private final ClientWait client;
  private final long mostDiscarded;
  private long received;
  private boolean closed;
  private boolean broken;

  RequestBody(HttpExchange exchange, ClientWait client, long mostDiscarded) {
    this.body = exchange.getRequestBody();
    this.announced = announced(exchange);
    this.client = client;
    this.mostDiscarded = mostDiscarded;
  }

  /** Returns how many bytes the client says it will send; -1 if it does not say. */
  public static long announced(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    var length = headers.getFirst("Content-Length");
    return length == null || headers.containsKey("Transfer-Encoding")
        ? UNKNOWN
        : Long.parseLong(length.strip());
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = 0;
    client.begin();
    try {
      n = body.read(buffer, offset, length);
    } catch (IOException | IndexOutOfBoundsException e) {
      // The JDK takes the size of a chunk beyond an int for a negative one
      broken = true;
      throw new ClientGoneException(e instanceof IOException io ? io : new IOException(e));
    } finally {
      client.end(n);
    }
    if (n >= 0) {
      received += n;
    } else if (received < announced) {
      broken = true;
      throw new ClientGoneException(
          new EOFException("got " + received + " of " + announced + " bytes"));
    }
    return n;
  }

  /** Whether nothing more can be read, and so nothing of a next request. */
  boolean isBroken() {
    return broken;
  }

  /** Reads what is left, so that the connection can serve another request. */
  @Override
  public void close() throws IOException {
    if (closed || broken) {
      // Do not read a broken body again: no byte might ever come
      return;
    }
    closed = true;
    var buffer = new byte[BUFFER_BYTES];
    long discarded = 0;
    for (int n = 0; n >= 0 && discarded < mostDiscarded; discarded += n) {
      n = read(buffer, 0, buffer.length);
    }
  }
}
