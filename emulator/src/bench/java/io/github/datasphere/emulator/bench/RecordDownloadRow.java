package io.github.datasphere.emulator.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.emulator.gateway.proxy.ConnectProxy;
import io.github.datasphere.emulator.gateway.proxy.ProxySettings;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesResponse;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.StorageFile;
import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** How much longer a download takes that is recorded, beside one through the plain tunnel. */
final class RecordDownloadRow implements BenchRow {
  private static final long BYTES = 2L << 30;
  private static final int PIECE = 256 << 10;
  private static final int ROUNDS = 3;

  private final long bytesPerSecond;

  private RecordDownloadRow(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** From a server that sends 1 Gbit/s: no service is nearer. */
  static RecordDownloadRow fromTheNetwork() {
    return new RecordDownloadRow(125_000_000);
  }

  /** From a server of this machine, as fast as it can. */
  static RecordDownloadRow fromThisMachine() {
    return new RecordDownloadRow(Long.MAX_VALUE);
  }

  @Override
  public int number() {
    return 13;
  }

  @Override
  public String figure() {
    return "2 GiB download through the recorder"
        + (bytesPerSecond == Long.MAX_VALUE
            ? ", from this machine"
            : ", from a server that sends 1 Gbit/s");
  }

  @Override
  public Result measure() throws Exception {
    // As the command record does, before Java's HTTP client is used for the first time
    System.getProperties().putIfAbsent("jdk.httpclient.bufsize", String.valueOf(128 << 10));
    var folder = Files.createTempDirectory("bench-record");
    var loopback = InetAddress.getLoopbackAddress();
    var threads = Executors.newCachedThreadPool();
    var files = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    files.setExecutor(threads);
    files.createContext("/", this::send);
    files.start();
    var url = "http://127.0.0.1:" + files.getAddress().getPort() + "/file";
    var service = NettyServerBuilder.forAddress(new InetSocketAddress(loopback, 0))
        .addService(new Links(url))
        .build()
        .start();
    var any = new InetSocketAddress(loopback, 0);
    try (var recorder = RecorderOf.service(
            "plaintext:127.0.0.1:" + service.getPort(), Optional.empty(), folder);
        var tunnel = ConnectProxy.start(ProxySettings.of(any, any))) {
      var recorded = URI.create(link(recorder.grpc()));
      var ours = new double[ROUNDS];
      var peer = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        peer[round] = seconds(get(URI.create(url), Optional.of(tunnel.address())));
        ours[round] = seconds(get(recorded, Optional.empty()));
      }
      return Result.of(
          Quantity.median(ours, "s"),
          "through the tunnel",
          Quantity.median(peer, "s"),
          bytesPerSecond == Long.MAX_VALUE ? new Aim[0] : new Aim[] {Aim.atMostTimesPeer(1.05)});
    } finally {
      service.shutdownNow();
      files.stop(0);
      threads.shutdownNow();
      UploadRow.delete(folder);
    }
  }

  private void send(HttpExchange exchange) throws IOException {
    var piece = new byte[PIECE];
    exchange.sendResponseHeaders(200, BYTES);
    var begin = System.nanoTime();
    try (var out = exchange.getResponseBody()) {
      for (long sent = 0; sent < BYTES; sent += PIECE) {
        out.write(piece);
        if (bytesPerSecond != Long.MAX_VALUE) {
          long due = begin + (long) (sent * 1e9 / bytesPerSecond);
          LockSupport.parkNanos(due - System.nanoTime());
        }
      }
    }
  }

  private static String link(String grpc) {
    var channel = ManagedChannelBuilder.forTarget(grpc).usePlaintext().build();
    try {
      return ProjectJobServiceGrpc.newBlockingStub(channel)
          .downloadJobFiles(DownloadProjectJobFilesRequest.getDefaultInstance())
          .getDownloadFiles(0)
          .getUrl();
    } finally {
      channel.shutdownNow();
    }
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** Downloads a file, and throws it away. */
  private static Duration get(URI url, Optional<InetSocketAddress> tunnel) throws IOException {
    var begin = System.nanoTime();
    var first = tunnel.orElse(new InetSocketAddress(url.getHost(), url.getPort()));
    try (var socket = new Socket(first.getAddress(), first.getPort())) {
      var in = socket.getInputStream();
      if (tunnel.isPresent()) {
        say(socket, "CONNECT " + url.getAuthority() + " HTTP/1.1\r\nHost: " + url.getAuthority());
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
          answer.append((char) in.read());
        }
      }
      say(
          socket,
          "GET " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
              + "\r\nConnection: close");
      var buffer = new byte[PIECE];
      long bytes = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes += count;
      }
      if (bytes < BYTES) {
        throw new IOException("only " + bytes + " bytes came");
      }
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void say(Socket socket, String head) throws IOException {
    socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Answers with one URL. */
  private static final class Links extends ProjectJobServiceGrpc.ProjectJobServiceImplBase {
    private final String url;

    Links(String url) {
      this.url = url;
    }

    @Override
    public void downloadJobFiles(
        DownloadProjectJobFilesRequest request,
        StreamObserver<DownloadProjectJobFilesResponse> reply) {
      reply.onNext(DownloadProjectJobFilesResponse.newBuilder()
          .addDownloadFiles(StorageFile.newBuilder().setUrl(url))
          .build());
      reply.onCompleted();
    }
  }
}
