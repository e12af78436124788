package io.github.datasphere.junit;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Downloads a file from its URL as a client does. */
final class FileDownload {
  private FileDownload() {}

  /**
   * Returns the content.
   *
   * @throws AssertionError if the answer is not 200, or if there is none
   */
  static byte[] of(URI url) {
    try {
      var connection = (HttpURLConnection) url.toURL().openConnection();
      try {
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
          throw new AssertionError(
              "Downloading " + url + " was answered with HTTP " + connection.getResponseCode());
        }
        try (var content = connection.getInputStream()) {
          return content.readAllBytes();
        }
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw new AssertionError("Downloading " + url + " failed: " + e.getMessage(), e);
    }
  }
}
