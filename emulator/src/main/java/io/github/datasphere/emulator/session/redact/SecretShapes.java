package io.github.datasphere.emulator.session.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Secrets that can be known by their looks, wherever they stand. */
final class SecretShapes {
  /** Marks what is no secret but names a person. */
  static final String ACCOUNT = "account";

  /** Marks what the user wants to be hidden. */
  static final String OF_USER = "redacted";

  private final List<Shape> shapes;

  private record Shape(String kind, Pattern pattern) {}

  /** @param further what the user wants to be hidden, beside the known shapes */
  SecretShapes(List<Pattern> further) {
    var all = new ArrayList<>(List.of(
        shape("iam-token", "\\bt1\\.[A-Za-z0-9_=-]{4,}\\.[A-Za-z0-9_=-]{8,}"),
        shape("jwt", "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*"),
        shape("oauth-token", "\\by[0-3]_[A-Za-z0-9_-]{20,}"),
        shape("api-key", "\\bAQVN[A-Za-z0-9_-]{30,}"),
        shape("access-key", "\\b(?:YC[AP]|AKIA|ASIA)[A-Za-z0-9_-]{13,}"),
        shape("private-key", "-----BEGIN [A-Z ]*PRIVATE KEY-----([^-]+)-----END"),
        shape("token", "(?i)\\b(?:bearer|basic)\\s+([A-Za-z0-9._~+/=-]{8,})"),
        shape("password", "//[^/\\s:@]+:([^/\\s@]+)@"),
        shape(
            "url-signature",
            "(?:X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|Signature|AWSAccessKeyId"
                + "|signature|sig)=([^&\\s\"'\\\\]{8,})"),
        shape(
            "secret",
            "(?i)(?:password|passwd|secret|token|api[_-]?key)[\"']?\\s{0,3}[=:]\\s{0,3}[\"']?"
                + "([^\\s\"',;\\\\]{8,})"),
        shape("packed", "(?<![A-Za-z0-9+/_-])H4sI[A-Za-z0-9+/_-]{12,}={0,2}"),
        // Bounded and tried once for each word: a log may have a word of megabytes
        shape(
            ACCOUNT,
            "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@"
                + "[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){0,8}\\.[A-Za-z]{2,}")));
    further.forEach(pattern -> all.add(new Shape(OF_USER, pattern)));
    this.shapes = List.copyOf(all);
  }

  /** Tells each secret of the text, with its kind. */
  void find(String text, BiConsumer<String, String> found) {
    for (var shape : shapes) {
      var matcher = shape.pattern.matcher(text);
      while (matcher.find()) {
        int group = matcher.groupCount() > 0 && matcher.group(1) != null ? 1 : 0;
        if (!matcher.group(group).isEmpty()) {
          found.accept(shape.kind, matcher.group(group));
        }
      }
    }
  }

  private static Shape shape(String kind, String pattern) {
    return new Shape(kind, Pattern.compile(pattern));
  }
}
