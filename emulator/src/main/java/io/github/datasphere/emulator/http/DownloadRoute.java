package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.engine.files.Download;
import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;

/** Hands files out, whole or in part (service-behaviour 6.13). */
final class DownloadRoute {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Supplier<? extends FileTraffic> files;

  DownloadRoute(Supplier<? extends FileTraffic> files) {
    this.files = files;
  }

  /** Content never changes under its digest. */
  static String etag(FileGrant grant) {
    return '"' + grant.key().sha256() + '"';
  }

  void handle(HttpExchange exchange, FileGrant grant) throws IOException {
    long size = grant.sizeBytes();
    var range = range(exchange, grant);
    if (range.isPresent() && !range.get().isSatisfiable()) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + size);
      HttpReplies.say(exchange, 416, "The file has only " + size + " bytes.");
      return;
    }
    try (var download =
        files.get().openDownload(grant, range.map(ByteRange::first).orElse(0L))) {
      checkSize(grant, download);
      setHeaders(exchange, grant);
      if (etag(grant).equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        HttpReplies.sendNothing(exchange, 304);
      } else if (range.isPresent()) {
        var part = range.get();
        exchange.getResponseHeaders().set("Content-Range", part.of(size));
        send(exchange, 206, download.content(), part.length());
      } else {
        send(exchange, 200, download.content(), size);
      }
    }
  }

  private static Optional<ByteRange> range(HttpExchange exchange, FileGrant grant) {
    var headers = exchange.getRequestHeaders();
    var condition = headers.getFirst("If-Range");
    return condition == null || condition.equals(etag(grant))
        ? ByteRange.parse(headers.getFirst("Range"), grant.sizeBytes())
        : Optional.empty();
  }

  private static void checkSize(FileGrant grant, Download download) throws IOException {
    if (download.sizeBytes() != grant.sizeBytes()) {
      throw new StorageException(
          StorageException.Reason.REFUSED,
          "The file " + grant.key().sha256() + " of job " + grant.job() + " should have "
              + grant.sizeBytes() + " bytes but has " + download.sizeBytes()
              + ": it was changed behind the emulator's back. Put back a copy of it.",
          null);
    }
  }

  private static void setHeaders(HttpExchange exchange, FileGrant grant) {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/octet-stream");
    headers.set("Accept-Ranges", "bytes");
    headers.set("ETag", etag(grant));
    // Clients may not cache: the job may be cleared before the URL expires
    headers.set("Cache-Control", "no-cache");
    // An output of a job must never become a page of this server
    headers.set("Content-Disposition", "attachment");
    headers.set("X-Content-Type-Options", "nosniff");
  }

  private static void send(HttpExchange exchange, int status, InputStream content, long length)
      throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      HttpReplies.sendHead(exchange, status, length);
    } else if (length == 0) {
      HttpReplies.sendNothing(exchange, status);
    } else {
      exchange.sendResponseHeaders(status, length);
      copy(content, exchange.getResponseBody(), length);
    }
  }

  private static void copy(InputStream content, OutputStream out, long length) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    for (long left = length; left > 0; ) {
      int n = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw new IOException("the stored file ended " + left + " bytes early");
      }
      out.write(buffer, 0, n);
      left -= n;
    }
  }
}
