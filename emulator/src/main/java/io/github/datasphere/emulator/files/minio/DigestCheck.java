package io.github.datasphere.emulator.files.minio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.spec.JobFile;
import java.io.IOException;
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

  private final OkHttpClient http;
  private final UrlPresigner presigner;

  DigestCheck(OkHttpClient http, UrlPresigner presigner) {
    this.http = http;
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
    try (var response = http.newCall(request).execute()) {
      return response.isSuccessful();
    }
  }
}
