package io.github.datasphere.emulator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;

/** Measures how large an error is for a client, in bytes of its trailers. */
final class TrailerSize {
  /** Clients take 8192 bytes; the rest is for what gRPC itself adds. */
  static final long MOST = 7_000;

  /** HTTP/2 adds this much for each header to the size of its text. */
  private static final int AROUND = 32;

  private TrailerSize() {}

  static long of(StatusRuntimeException failure) {
    var description = failure.getStatus().getDescription();
    long bytes = description == null ? 0 : percentEncoded(description);
    var trailers = failure.getTrailers();
    if (trailers != null) {
      for (var name : trailers.keys()) {
        bytes += values(trailers, name);
      }
    }
    return bytes;
  }

  private static long values(Metadata trailers, String name) {
    long bytes = 0;
    if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
      var key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
      for (var value : trailers.getAll(key)) {
        bytes += AROUND + name.length() + (value.length + 2) / 3 * 4L;
      }
    } else {
      var key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
      for (var value : trailers.getAll(key)) {
        bytes += AROUND + name.length() + value.length();
      }
    }
    return bytes;
  }

  private static long percentEncoded(String text) {
    long bytes = 0;
    for (byte each : text.getBytes(UTF_8)) {
      bytes += each >= ' ' && each < 0x7f && each != '%' ? 1 : 3;
    }
    return bytes;
  }
}
