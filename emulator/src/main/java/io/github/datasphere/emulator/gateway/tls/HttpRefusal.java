package io.github.datasphere.emulator.gateway.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;

/**
 * Why the CONNECT port refuses a request: an HTTP status, and what failed, why and what to do. The
 * reason phrase is the same text, since most HTTP libraries print nothing else of a proxy's answer.
 *
 * @param text one line in ASCII
 */
public record HttpRefusal(int status, String text) {
  private static final int METHOD_NOT_ALLOWED = 405;

  /** Returns the whole HTTP/1.1 answer, after which the connection is closed. */
  public byte[] toHttp() {
    var body = text + '\n';
    var lines = new ArrayList<String>();
    lines.add("HTTP/1.1 " + status + ' ' + text);
    lines.add("Content-Type: text/plain; charset=utf-8");
    lines.add("Content-Length: " + body.length());
    lines.add("Connection: close");
    if (status == METHOD_NOT_ALLOWED) {
      lines.add("Allow: CONNECT");
    }
    return (String.join("\r\n", lines) + "\r\n\r\n" + body).getBytes(US_ASCII);
  }

  public static HttpRefusal malformed(String what) {
    return new HttpRefusal(
        400,
        "This is the emulator's CONNECT port and expects 'CONNECT host:port HTTP/1.1', but "
            + what
            + ".");
  }
}
