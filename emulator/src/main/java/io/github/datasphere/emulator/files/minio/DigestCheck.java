package io.github.datasphere.emulator.files.minio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.spec.JobFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the server itself refuses content whose digest is not the one in the URL. MinIO
 * does; other servers may not know that parameter.
 */
final class DigestCheck {
  private static final Logger LOG = LoggerFactory.getLogger(DigestCheck.class);
  private static final Duration LIFE = Duration.ofMinutes(5);

  /** A server that is just starting may leave a request without any answer. */
  private static final int MOST_TRIES = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final OkHttpClient http;
  private final UrlPresigner presigner;

  DigestCheck(OkHttpClient http, UrlPresigner presigner) {
    this(http, presigner, PATIENCE);
  }

  DigestCheck(OkHttpClient http, UrlPresigner presigner, Duration patience) {
    this.http = http.newBuilder().callTimeout(patience).build();
    this.presigner = presigner;
  }

  /** Whether the server does so. */
  boolean isMadeByServer(String object, Instant now) throws IOException {
    var url = presigner.put(object, JobFile.EMPTY_SHA256, now, LIFE);
    var checks = !accepts(url, "not empty") && accepts(url, "");
    LOG.debug("The server checks digests: {}", checks);
    return checks;
  }

  private boolean accepts(URI url, String content) throws IOException {
    var request = new Request.Builder()
        .url(url.toString())
        .put(RequestBody.create(content.getBytes(UTF_8)))
        .build();
    for (int tries = 1; ; tries++) {
      try (var response = http.newCall(request).execute()) {
        return response.isSuccessful();
      } catch (InterruptedIOException e) {
        if (tries == MOST_TRIES || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LOG.debug("The server gave no answer in time: asked again", e);
      }
    }
  }
}
