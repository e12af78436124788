package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.http.connection.RequestBody;
import java.io.IOException;
import java.util.function.Supplier;

/** Takes files in (service-behaviour 2.7). */
final class UploadRoute {
  /** The largest file that the service takes, in bytes (service-behaviour 2.18). */
  private static final long LARGEST = 5L << 30;

  private final Supplier<? extends FileTraffic> files;

  UploadRoute(Supplier<? extends FileTraffic> files) {
    this.files = files;
  }

  void handle(HttpExchange exchange, FileGrant grant) throws IOException {
    if (RequestBody.announced(exchange) > LARGEST) {
      HttpReplies.say(exchange, 413, "The file is larger than the 5 GiB that the service takes.");
      return;
    }
    files.get().acceptUpload(grant, exchange.getRequestBody());
    exchange.getResponseHeaders().set("ETag", DownloadRoute.etag(grant));
    HttpReplies.sendNothing(exchange, 200);
  }
}
