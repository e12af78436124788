package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.files.StorageException;
import io.minio.MinioClient;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** Builds the S3 client. */
final class Connection {
  private static final int CONNECT_SECONDS = 5;
  /** Long, since a server that copies gigabytes on its disk is silent meanwhile. */
  private static final int ANSWER_SECONDS = 300;

  private static final int MOST_REQUESTS = 256;
  private static final long RETRY_MILLIS = 200;
  private static final int RETRIES = 3;
  /** Statuses of failures that pass by themselves. */
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  /** More than a listing of a thousand objects, or the longest reason for a refusal. */
  private static final int LONGEST_MESSAGE = 8 << 20;

  private Connection() {}

  static MinioClient client(MinioSettings settings, OkHttpClient http) {
    var client = MinioClient.builder()
        .endpoint(settings.endpoint().toString())
        .region(settings.dialect().region())
        .credentials(settings.keys().access(), settings.keys().secret())
        .httpClient(http, true)
        .build();
    if (settings.dialect().pathStyle()) {
      client.disableVirtualStyleEndpoint();
    } else {
      client.enableVirtualStyleEndpoint();
    }
    client.setRetry(PASSING, RETRY_MILLIS, RETRIES);
    return client;
  }

  /**
   * Trusts what the platform trusts, and the configured certificates.
   *
   * @throws StorageException if those cannot be read
   */
  static OkHttpClient http(MinioSettings settings) throws StorageException {
    // Daemon threads, so that an emulator that is done does not wait for idle connections
    var dispatcher = new Dispatcher(new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), Connection::daemon));
    dispatcher.setMaxRequests(MOST_REQUESTS);
    dispatcher.setMaxRequestsPerHost(MOST_REQUESTS);
    var http = new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .protocols(List.of(Protocol.HTTP_1_1))
        // It would make a GET of a PUT, whose answer then looks as if all were stored
        .followRedirects(false)
        .followSslRedirects(false)
        .addInterceptor(Connection::bounded)
        .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
        .readTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
        .writeTimeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    if (settings.dialect().ca().isPresent()) {
      var trust = TrustedCertificates.of(settings.dialect().ca().get());
      http.sslSocketFactory(trust.sockets(), trust.manager());
    }
    return http.build();
  }

  /**
   * Reads an answer that is no object, since the client keeps it in memory: one that does not end
   * shall not take all of it.
   */
  private static Response bounded(Interceptor.Chain chain) throws IOException {
    var answer = chain.proceed(chain.request());
    if (answer.isSuccessful() && isOfObject(chain.request())) {
      return answer;
    }
    try (answer) {
      var message = answer.peekBody(LONGEST_MESSAGE + 1L);
      if (message.contentLength() > LONGEST_MESSAGE) {
        throw new IOException("it answers " + answer.code() + " with more than " + LONGEST_MESSAGE
            + " bytes that are no object");
      }
      return answer.newBuilder().body(message).build();
    }
  }

  private static boolean isOfObject(Request request) {
    return request.method().equals("GET") && request.url().queryParameter("list-type") == null;
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "datasphere-minio");
    thread.setDaemon(true);
    return thread;
  }
}
