package io.github.datasphere.emulator.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.proto.jobs.StorageFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files pass as they are, and so does what their host answers instead. */
class FileRelayTest {
  private static final String CONTENT = "the whole content";

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer host;
  private Spool spool;
  private FileRelay relay;

  @TempDir
  Path folder;

  /** What a host answers at one path. */
  private interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws Exception {
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.start();
    spool = new Spool(folder, new Api(), System::nanoTime);
    relay = new FileRelay(spool, SSLContext.getDefault());
  }

  @AfterEach
  void stop() throws Exception {
    if (relay != null) {
      relay.close();
    }
    if (spool != null) {
      spool.close();
    }
    if (host != null) {
      host.stop(0);
    }
  }

  @Test
  void aDownloadComesWithItsHeadersAndIsKept() throws Exception {
    var url = at(
        "/file?X-Amz-Signature=a%2Fb",
        exchange -> {
          exchange.getResponseHeaders().put("ETag", List.of("\"tag\""));
          exchange.getResponseHeaders().put("X-Two", List.of("first", "second"));
          answer(exchange, 200, CONTENT + exchange.getRequestURI().getRawQuery());
        });
    var got = get(url);

    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.body()).isEqualTo(CONTENT + "X-Amz-Signature=a%2Fb");
    assertThat(got.headers().allValues("etag")).containsExactly("\"tag\"");
    assertThat(got.headers().allValues("x-two")).containsExactly("first", "second");
    assertThat(onlyMove()).extracting(Moved::isUpload, Moved::status).containsExactly(false, 200);
    assertThat(spool.files()).containsExactly(onlyMove().sha256());
  }

  @Test
  void aRefusalComesAsItIsAndIsNoFile() throws Exception {
    var got = get(at("/gone", exchange -> answer(exchange, 403, "<Code>AccessDenied</Code>")));

    assertThat(got.statusCode()).isEqualTo(403);
    assertThat(got.body()).isEqualTo("<Code>AccessDenied</Code>");
    assertThat(onlyMove().status()).isEqualTo(403);
    assertThat(spool.files()).isEmpty();
  }

  @Test
  void aRedirectIsTheClientsToFollow() throws Exception {
    var got = get(at("/moved", exchange -> {
      exchange.getResponseHeaders().set("Location", "/elsewhere");
      exchange.sendResponseHeaders(307, -1);
      exchange.close();
    }));

    assertThat(got.statusCode()).isEqualTo(307);
    assertThat(got.headers().firstValue("location")).hasValue("/elsewhere");
  }

  @Test
  void aPartIsNotTakenForTheFile() throws Exception {
    var url = at("/file", exchange -> answer(exchange, 206, "whole"));
    var got = send(HttpRequest.newBuilder(url).header("Range", "bytes=4-8"));

    assertThat(got.statusCode()).isEqualTo(206);
    assertThat(got.body()).isEqualTo("whole");
    assertThat(spool.files()).isEmpty();
  }

  @Test
  void aFileOfUnknownLengthIsKeptOnceItIsWhole() throws Exception {
    var got = get(at("/file", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(CONTENT.getBytes(ISO_8859_1));
      exchange.close();
    }));

    assertThat(got.body()).isEqualTo(CONTENT);
    assertThat(spool.files()).hasSize(1);
  }

  @Test
  void aHeadHasNoBody() throws Exception {
    var url = at("/file", exchange -> {
      exchange.getResponseHeaders().set("Content-Length", "17");
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    var got = send(HttpRequest.newBuilder(url).method("HEAD", BodyPublishers.noBody()));

    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(moves()).isEmpty();
  }

  @Test
  void anUploadArrivesWithItsHeadersAndIsKept() throws Exception {
    var arrived = new ArrayList<String>();
    var url = at("/up", exchange -> {
      arrived.add(exchange.getRequestHeaders().getFirst("Content-Type"));
      arrived.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
      answer(exchange, 201, "taken");
    });
    var got = put(url, CONTENT);

    assertThat(got.statusCode()).isEqualTo(201);
    assertThat(got.body()).isEqualTo("taken");
    assertThat(arrived).containsExactly("text/x-test", CONTENT);
    assertThat(onlyMove()).extracting(Moved::isUpload, Moved::bytes).containsExactly(true, 17L);
  }

  @Test
  void anEmptyFileIsAFile() throws Exception {
    assertThat(put(at("/up", exchange -> answer(exchange, 200, "")), "").statusCode())
        .isEqualTo(200);
    assertThat(get(at("/down", exchange -> answer(exchange, 200, ""))).body()).isEmpty();
    assertThat(moves()).extracting(Moved::bytes).containsExactly(0L, 0L);
  }

  @Test
  void aHostThatIsAwayIsNotItsAnswer() throws Exception {
    int port;
    try (var closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    var got = get(ours("http://127.0.0.1:" + port + "/file"));

    assertThat(got.statusCode()).isEqualTo(502);
    assertThat(got.body()).startsWith("The recorder cannot reach the file's host");
    assertThat(onlyMove().status()).isZero();
    assertThat(relay.broken()).singleElement().asString().startsWith("A file was not moved whole");
  }

  @Test
  void aDownloadThatBreaksOffIsTold() throws Exception {
    var url = at("/half", exchange -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write(CONTENT.getBytes(ISO_8859_1));
      exchange.getResponseBody().flush();
      exchange.close();
    });
    assertThat(client.sendAsync(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()))
        .failsWithin(java.time.Duration.ofMinutes(1));

    assertThat(onlyMove().bytes()).isEqualTo(17);
    assertThat(spool.files()).isEmpty();
    assertThat(relay.broken()).singleElement().asString().startsWith("A file was not moved whole");
  }

  @Test
  void aUrlThatWasNotGivenOutLeadsNowhere() throws Exception {
    var got = get(relay.base().resolve("/0123456789abcdef"));

    assertThat(got.statusCode()).isEqualTo(404);
    assertThat(moves()).isEmpty();
  }

  private URI at(String path, Answer answer) {
    host.createContext(path.replaceFirst("\\?.*", ""), answer::give);
    return ours("http://127.0.0.1:" + host.getAddress().getPort() + path);
  }

  /** Returns what a client gets in the place of this URL. */
  private URI ours(String url) {
    var message = StorageFile.newBuilder().setUrl(url).build();
    return URI.create(((StorageFile) relay.urls().rewritten(message)).getUrl());
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(ISO_8859_1);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private HttpResponse<String> get(URI url) throws Exception {
    return send(HttpRequest.newBuilder(url));
  }

  private HttpResponse<String> put(URI url, String content) throws Exception {
    return send(HttpRequest.newBuilder(url)
        .header("Content-Type", "text/x-test")
        .PUT(BodyPublishers.ofString(content)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private Moved onlyMove() throws Exception {
    var all = moves();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** Ends the recording, so that all that is on its way has arrived. */
  private List<Moved> moves() throws Exception {
    relay.close();
    spool.finish();
    var all = new ArrayList<Moved>();
    spool.forEach(event -> all.add((Moved) event.event()));
    return all;
  }
}
