package io.github.datasphere.emulator.client.files;

import io.github.datasphere.emulator.base.PathErrors;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sends and fetches the content of files by the URLs that the service gave (service-behaviour 2.7).
 */
public final class FileTransfer {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int ANSWER_MILLIS = 300_000;
  private static final int BUFFER = 1 << 16;
  private static final int ERROR_TEXT = 2000;

  private FileTransfer() {}

  /** Sends a file by a plain PUT, streamed, or hands it over if the service can take it. */
  public static void put(String url, PreparedFile file, TransferProgress progress)
      throws FileException {
    var what = "cannot upload " + file.label() + ": ";
    var deposit = file.deposit();
    if (deposit != null) {
      handOver(deposit, url, what);
      progress.advance(file.file().getSizeBytes());
      return;
    }
    try {
      var connection = connect(url);
      try {
        connection.setRequestMethod("PUT");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(file.file().getSizeBytes());
        try (var out = connection.getOutputStream()) {
          copy(file, out, progress);
        }
        check(connection, what);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw new FileException(what + words(file.content(), e) + "; is the service still there?", e);
    }
  }

  private static void handOver(Depot.Deposit deposit, String url, String what)
      throws FileException {
    try {
      deposit.handOver(url);
    } catch (IOException e) {
      throw new FileException(what + e.getMessage(), e);
    }
  }

  /**
   * Fetches a file by a GET, streamed and checked.
   *
   * @param size expected, in bytes
   * @param sha256 expected; empty if unknown
   * @param target takes the content; must not exist
   */
  static void get(
      String url, String label, long size, String sha256, Path target, TransferProgress progress)
      throws FileException {
    var what = "cannot download " + label + ": ";
    try {
      var connection = connect(url);
      var digesting = new Digesting(progress);
      try {
        check(connection, what);
        try (var in = connection.getInputStream();
            OutputStream out =
                Files.newOutputStream(target, java.nio.file.StandardOpenOption.CREATE_NEW)) {
          digesting.copy(in, out);
        }
      } finally {
        connection.disconnect();
      }
      if (digesting.size() != size || !(sha256.isEmpty() || sha256.equals(digesting.sha256Hex()))) {
        throw new FileException(what + "what arrived is not what was announced; try again");
      }
    } catch (IOException e) {
      throw new FileException(what + words(target, e), e);
    }
  }

  /**
   * Says whether the file or the connection failed, since the words of a failure alone say little.
   */
  private static String words(Path file, IOException failure) {
    if (failure instanceof SocketException || failure instanceof InterruptedIOException) {
      return "the connection to the storage failed: " + failure.getMessage();
    }
    return PathErrors.words(file, failure);
  }

  private static void copy(PreparedFile file, OutputStream out, TransferProgress progress)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (var in = Files.newInputStream(file.content())) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        progress.advance(count);
      }
    }
  }

  private static HttpURLConnection connect(String url) throws IOException {
    try {
      var connection = (HttpURLConnection) new URI(url).toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      return connection;
    } catch (URISyntaxException | ClassCastException | IllegalArgumentException e) {
      throw new IOException("the service gave a URL that is not one", e);
    }
  }

  private static void check(HttpURLConnection connection, String what)
      throws IOException, FileException {
    int status = connection.getResponseCode();
    if (status / 100 == 2) {
      return;
    }
    try (var error = connection.getErrorStream()) {
      byte[] text = error == null ? new byte[0] : error.readNBytes(ERROR_TEXT);
      throw new FileException(what + "the storage answered " + status + " "
          + new String(text, StandardCharsets.UTF_8).strip());
    }
  }
}
