package io.github.datasphere.emulator.client.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;

/**
 * Sends a file once more after its upload broke off. A storage that refuses a file answers before
 * it has read all of it; the JDK's older HTTP client then loses the answer, and with it the reason.
 * This one keeps it, but takes several times as long to load, so it is not the first choice.
 */
final class UploadRetry {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private UploadRetry() {}

  static void put(String url, PreparedFile file, String what, Progress progress)
      throws FileException {
    var client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .build();
    var request =
        HttpRequest.newBuilder(URI.create(url)).PUT(body(file, progress)).build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      FileTransfer.check(response.statusCode(), response.body(), what);
    } catch (IOException e) {
      progress.advance(0);
      throw new FileException(what + "the connection broke: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FileException(what + "interrupted", e);
    }
  }

  private static BodyPublisher body(PreparedFile file, Progress progress) {
    long size = file.file().getSizeBytes();
    return size == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> watched(file, progress)), size);
  }

  /** Moves no bar, which the first attempt has moved already, but hears of a cancel. */
  private static InputStream watched(PreparedFile file, Progress progress) {
    try {
      return new FilterInputStream(Files.newInputStream(file.content())) {
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          progress.advance(0);
          return super.read(buffer, offset, length);
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
