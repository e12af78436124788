package io.github.datasphere.emulator.session.redact;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The URL of a file: its host and path become synthetic ones, its signature a placeholder. */
final class FileUrl {
  private static final Pattern PARTS =
      Pattern.compile("(https?)://(?:([^/@]*)@)?([^/:?#]+)(:\\d+)?([^?#]*)(?:\\?([^#]*))?(#.*)?");
  private static final Set<String> OPEN_PARAMETERS =
      Set.of("X-Amz-Algorithm", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "Expires");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d+){3}|\\[::1]");

  /** Shorter segments of a path are words, longer ones may name something. */
  private static final int SHORT_SEGMENT = 8;

  private FileUrl() {}

  static boolean isOne(String text) {
    return PARTS.matcher(text).matches();
  }

  /** Learns what of this URL must not be written, and returns what is written instead. */
  static String learn(String url, boolean keepsIds, Substitutes substitutes) {
    var parts = PARTS.matcher(url);
    if (!parts.matches()) {
      return substitutes.secret("url", url);
    }
    var host = parts.group(3);
    if (!keepsIds && !LOOPBACK.matcher(host).matches()) {
      substitutes.name(host, "host", "storage-%d.example");
      host = substitutes.whole(host);
    }
    if (parts.group(2) != null) {
      substitutes.secret("password", parts.group(2));
    }
    var path = keepsIds
        ? parts.group(5)
        : Arrays.stream(parts.group(5).split("/", -1))
            .map(segment -> segment(segment, substitutes))
            .collect(Collectors.joining("/"));
    var query = parts.group(6) == null ? "" : "?" + query(parts.group(6), substitutes);
    var port = parts.group(4) == null ? "" : parts.group(4);
    return parts.group(1) + "://" + host + port + path + query;
  }

  private static String segment(String segment, Substitutes substitutes) {
    if (segment.length() < SHORT_SEGMENT || segment.matches("[0-9a-f]{64}")) {
      return segment;
    }
    // A word may name a bucket, but must not be taken out of every text
    return segment.matches(".*\\d.*") ? substitutes.id(segment) : substitutes.shape(segment);
  }

  private static String query(String query, Substitutes substitutes) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> {
          int equals = pair.indexOf('=');
          var name = equals < 0 ? pair : pair.substring(0, equals);
          return equals < 0
                  || OPEN_PARAMETERS.contains(name)
                  || pair.substring(equals + 1).matches("\\d{0,12}")
              ? pair
              : name + "=" + substitutes.secret("url-signature", pair.substring(equals + 1));
        })
        .collect(Collectors.joining("&"));
  }
}
