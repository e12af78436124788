package io.github.datasphere.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.files.minio.MinioServer;
import io.github.datasphere.proto.jobs.JobStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file larger than the heap goes straight between client and MinIO, and through a job.
 * {@code -Dlarge.mebibytes=2048} for the long version.
 */
@EnabledOnOs(OS.LINUX)
class MinioLargeFileIT {
  private static final int MEBIBYTES = Integer.getInteger("large.mebibytes", 128);
  private static final byte[] PIECE = piece();
  private static final long SIZE = (long) MEBIBYTES * PIECE.length;

  /** What the server reads and writes meanwhile for other reasons: its log, its classes. */
  private static final long HARDLY_ANYTHING = 16 << 20;

  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @TempDir
  private Path folder;

  private MinioServer minio;

  @BeforeEach
  void start() throws IOException {
    minio = MinioServer.start(folder.resolve("minio"));
  }

  @AfterEach
  void stop() {
    if (minio != null) {
      minio.close();
    }
  }

  @Test
  void noByteGoesThroughTheEmulatorAndAHeapOf64MebibytesIsEnough() throws Exception {
    try (var server = StoringServer.start(
            folder.resolve("data"), minio.endpoint(), List.of("-Xmx64m"), Map.of());
        var client = new StormClient(server.channel())) {
      var created = client.create(sha256(""), SIZE, "cat in.bin > out.bin; printf end >> out.bin");
      var upload = URI.create(created.getUploadFiles(0).getUrl());
      assertThat(upload.getAuthority()).isEqualTo(minio.endpoint().getAuthority());
      long before = transferred(server);
      put(upload);
      assertThat(transferred(server) - before).isLessThan(HARDLY_ANYTHING);

      client.execute(created.getJobId());
      assertThat(client.endOf(created.getJobId(), PATIENCE)).isEqualTo(JobStatus.SUCCESS);

      // As it must to bring the file to the job: so it would be seen
      assertThat(transferred(server) - before).isGreaterThan(SIZE);

      var download = client.outputUrl(created.getJobId());
      assertThat(download.getAuthority()).isEqualTo(minio.endpoint().getAuthority());
      before = transferred(server);
      assertThat(sha256(download.toURL().openStream())).isEqualTo(sha256("end"));
      assertThat(transferred(server) - before).isLessThan(HARDLY_ANYTHING);
      assertThat(server.said()).doesNotContain("OutOfMemory");
    }
  }

  /** Bytes that this process has read and written, from and to wherever. */
  private static long transferred(StoringServer server) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + server.pid() + "/io")).stream()
        .filter(line -> line.startsWith("rchar") || line.startsWith("wchar"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static void put(URI url) throws IOException {
    var connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setRequestMethod("PUT");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(SIZE);
    try (OutputStream out = connection.getOutputStream()) {
      for (int i = 0; i < MEBIBYTES; i++) {
        out.write(PIECE);
      }
    }
    assertThat(connection.getResponseCode()).isEqualTo(200);
  }

  /** Of the file and what follows it. */
  private static String sha256(String end) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < MEBIBYTES; i++) {
      digest.update(PIECE);
    }
    return HexFormat.of().formatHex(digest.digest(end.getBytes(UTF_8)));
  }

  private static String sha256(InputStream content) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    try (content) {
      var buffer = new byte[1 << 16];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] piece() {
    var piece = new byte[1 << 20];
    new Random(7).nextBytes(piece);
    return piece;
  }
}
