package io.github.datasphere.emulator.files.minio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.files.minio.MinioSettings.Keys;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs URLs the S3 way (Signature Version 4 in the query). The MinIO client also signs URLs, but
 * only for its own endpoint, and never with the digest of the content.
 */
final class UrlPresigner {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String ANY_CONTENT = "UNSIGNED-PAYLOAD";
  private static final String DIGEST = "X-Amz-Content-Sha256";
  /** The longest life of a URL that S3 accepts. */
  static final Duration LONGEST_LIFE = Duration.ofDays(7);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final URI base;
  private final String bucketPath;
  private final String host;
  private final String region;
  private final Keys keys;

  /** Signs URLs at this endpoint, which need not be the one that the emulator uses itself. */
  UrlPresigner(URI endpoint, MinioSettings settings) {
    var pathStyle = settings.dialect().pathStyle();
    this.host = (pathStyle ? "" : settings.bucket() + ".") + authority(endpoint);
    this.base = URI.create(endpoint.getScheme() + "://" + host);
    this.bucketPath = pathStyle ? "/" + settings.bucket() : "";
    this.region = settings.dialect().region();
    this.keys = settings.keys();
  }

  /** Allows to put any content. */
  URI put(String object, Instant now, Duration life) {
    return sign("PUT", object, now, life, Map.of());
  }

  /** Allows to put the content with this digest, for servers that check it. */
  URI put(String object, String sha256, Instant now, Duration life) {
    return sign("PUT", object, now, life, Map.of(DIGEST, sha256));
  }

  /** Allows to get an object as a download, so that it is never shown as a page. */
  URI get(String object, Instant now, Duration life) {
    return sign(
        "GET",
        object,
        now,
        life,
        Map.of(
            "response-content-disposition",
            "attachment",
            "response-content-type",
            "application/octet-stream"));
  }

  private URI sign(
      String method, String object, Instant now, Duration life, Map<String, String> extra) {
    var scope = DAY.format(now) + "/" + region + "/s3/aws4_request";
    var query = new TreeMap<>(extra);
    query.put("X-Amz-Algorithm", ALGORITHM);
    query.put("X-Amz-Credential", keys.access() + "/" + scope);
    query.put("X-Amz-Date", TIME.format(now));
    query.put("X-Amz-Expires", Long.toString(seconds(life)));
    query.put("X-Amz-SignedHeaders", "host");
    var path = bucketPath + "/"
        + Arrays.stream(object.split("/", -1))
            .map(UrlPresigner::encode)
            .collect(Collectors.joining("/"));
    var queryText = query.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
    var request = String.join(
        "\n",
        method,
        path,
        queryText,
        "host:" + host,
        "",
        "host",
        extra.getOrDefault(DIGEST, ANY_CONTENT));
    var toSign = String.join("\n", ALGORITHM, TIME.format(now), scope, Sha256.hex(request));
    var signature = HexFormat.of().formatHex(hmac(signingKey(now), toSign));
    return URI.create(base + path + "?" + queryText + "&X-Amz-Signature=" + signature);
  }

  private static long seconds(Duration life) {
    return Math.max(1, Math.min(life.toSeconds(), LONGEST_LIFE.toSeconds()));
  }

  private byte[] signingKey(Instant now) {
    var day = hmac(("AWS4" + keys.secret()).getBytes(UTF_8), DAY.format(now));
    return hmac(hmac(hmac(day, region), "s3"), "aws4_request");
  }

  /**
   * Returns host and port as clients send them in the Host header: without the scheme's default
   * port.
   */
  private static String authority(URI endpoint) {
    var usual = "https".equals(endpoint.getScheme()) ? 443 : 80;
    var port = endpoint.getPort();
    return port < 0 || port == usual ? endpoint.getHost() : endpoint.getHost() + ":" + port;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
