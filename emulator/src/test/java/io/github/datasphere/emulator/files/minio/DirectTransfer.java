package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;

/** What a client does with the URLs that it was given. */
final class DirectTransfer {
  static final JobId JOB = new JobId("bt1job00000000000000");

  private DirectTransfer() {}

  static HttpResponse<String> put(FileStore store, FileKey key, byte[] content)
      throws IOException, InterruptedException {
    var url = url(store, Method.PUT, key, Duration.ofHours(24));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(url).PUT(BodyPublishers.ofByteArray(content)).build(),
            BodyHandlers.ofString());
  }

  static HttpResponse<byte[]> get(FileStore store, FileKey key)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(url(store, Method.GET, key, Duration.ofDays(7))).GET());
  }

  static HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
  }

  static URI url(FileStore store, Method method, FileKey key, Duration life) {
    return store.presign(
        new FileGrant(method, JOB, key, 1, Clock.systemUTC().instant().plus(life)));
  }
}
