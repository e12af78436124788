package io.github.datasphere.emulator.http.connection;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;

/** A request and its answer, whose every wait for the client can be broken off. */
public final class WatchedExchange extends HttpExchange {
  private static final long NO_BODY = -1;

  private final HttpExchange exchange;
  private final ClientWait client;
  private final RequestBody request;
  private long announced = NO_BODY;

  /** Until the head of an answer has been sent, and again after a failure. */
  private boolean broken = true;

  /**
   * Watches an exchange that has not been read from or answered yet.
   *
   * @param mostDiscarded how many bytes of an unused body are read, so that the connection can
   *     serve another request
   */
  public WatchedExchange(HttpExchange exchange, ClientWait client, long mostDiscarded) {
    this.exchange = exchange;
    this.client = client;
    this.request = new RequestBody(exchange, client, mostDiscarded);
    exchange.setStreams(request, new ResponseBody(exchange, client));
  }

  @Override
  public void sendResponseHeaders(int status, long length) throws IOException {
    client.begin();
    try {
      exchange.sendResponseHeaders(status, length);
      announced = length;
      broken = false;
    } finally {
      client.end(0);
    }
  }

  /** Ends the exchange: sends and reads what is left. */
  @Override
  public void close() {
    if (request.isBroken()) {
      // The JDK would wait for the rest of the request; the connection is closed instead
      sendWhatIsLeft();
      return;
    }
    if (announced != NO_BODY) {
      closeBody();
    }
    try {
      client.begin();
    } catch (ClientGoneException e) {
      // The connection is closed already; to close the rest does not wait
      broken = true;
    }
    try {
      exchange.close();
    } finally {
      client.end(0);
    }
  }

  private void sendWhatIsLeft() {
    try {
      exchange.getResponseBody().flush();
    } catch (IOException e) {
      broken = true;
    }
  }

  /** Sends what is left: {@link HttpExchange#close} alone does not tell whether that failed. */
  private void closeBody() {
    try {
      exchange.getResponseBody().close();
    } catch (IOException e) {
      broken = true;
    }
  }

  /**
   * Throws unless the exchange, which is closed, has come to its end. The JDK counts a connection
   * that broke off among those it holds, for good, unless its handler throws.
   */
  public void throwIfBroken() throws ClientGoneException {
    if (broken || request.isBroken()) {
      throw new ClientGoneException(new IOException("the exchange has no end"));
    }
  }

  @Override
  public Headers getRequestHeaders() {
    return exchange.getRequestHeaders();
  }

  @Override
  public Headers getResponseHeaders() {
    return exchange.getResponseHeaders();
  }

  @Override
  public URI getRequestURI() {
    return exchange.getRequestURI();
  }

  @Override
  public String getRequestMethod() {
    return exchange.getRequestMethod();
  }

  @Override
  public HttpContext getHttpContext() {
    return exchange.getHttpContext();
  }

  @Override
  public InputStream getRequestBody() {
    return exchange.getRequestBody();
  }

  @Override
  public OutputStream getResponseBody() {
    return exchange.getResponseBody();
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return exchange.getRemoteAddress();
  }

  @Override
  public int getResponseCode() {
    return exchange.getResponseCode();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return exchange.getLocalAddress();
  }

  @Override
  public String getProtocol() {
    return exchange.getProtocol();
  }

  @Override
  public Object getAttribute(String name) {
    return exchange.getAttribute(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    exchange.setAttribute(name, value);
  }

  @Override
  public void setStreams(InputStream in, OutputStream out) {
    exchange.setStreams(in, out);
  }

  @Override
  public HttpPrincipal getPrincipal() {
    return exchange.getPrincipal();
  }
}
