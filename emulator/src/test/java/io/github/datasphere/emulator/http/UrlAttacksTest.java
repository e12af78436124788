package io.github.datasphere.emulator.http;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs that somebody has changed, sent byte by byte as a client library would refuse to. */
class UrlAttacksTest {
  private final byte[] secret = bytesOf("secret", 1_000);
  private final byte[] mine = bytesOf("mine", 1_000);

  private HttpFixture http;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    http = new HttpFixture(root);
    http.stored(secret);
  }

  @AfterEach
  void close() throws IOException {
    if (http != null) {
      http.close();
    }
  }

  /** What an attacker makes of a URL of their own to come by another file. */
  enum Change {
    OTHER_DIGEST {
      @Override
      String of(String target, String mine, String other) {
        return target.replace(digest(mine), digest(other));
      }
    },
    OTHER_DIGEST_IN_CAPITALS {
      @Override
      String of(String target, String mine, String other) {
        return target.replace(digest(mine), digest(other).toUpperCase(Locale.ROOT));
      }
    },
    OTHER_PATH_AND_OWN_QUERY {
      @Override
      String of(String target, String mine, String other) {
        return path(other) + "?" + query(mine);
      }
    },
    OWN_PATH_AND_OTHER_QUERY_WITHOUT_SIGNATURE {
      @Override
      String of(String target, String mine, String other) {
        return path(other);
      }
    },
    QUERY_TWICE {
      @Override
      String of(String target, String mine, String other) {
        return path(other) + "?" + query(mine) + "&" + query(mine);
      }
    },
    DOTS_THAT_LEAD_TO_THE_OTHER {
      @Override
      String of(String target, String mine, String other) {
        return path(mine) + "/.." + path(other) + "?" + query(mine);
      }
    },
    ENCODED_DOTS_THAT_LEAD_TO_THE_OTHER {
      @Override
      String of(String target, String mine, String other) {
        return path(mine) + "/%2e%2e/%2e%2e" + path(other) + "?" + query(mine);
      }
    },
    ENCODED_SLASHES {
      @Override
      String of(String target, String mine, String other) {
        return "/" + path(other).substring(1).replace("/", "%2f") + "?" + query(mine);
      }
    },
    DOUBLY_ENCODED {
      @Override
      String of(String target, String mine, String other) {
        return path(other).replace("/", "%252f") + "?" + query(mine);
      }
    },
    EMPTY_SIGNATURE {
      @Override
      String of(String target, String mine, String other) {
        return path(other) + "?" + query(mine).replaceAll("=[^&]*$", "=");
      }
    },
    ALL_VALUES_EMPTY {
      @Override
      String of(String target, String mine, String other) {
        return path(other) + "?" + query(mine).replaceAll("=[^&]*", "=");
      }
    },
    NUL_AT_THE_END {
      @Override
      String of(String target, String mine, String other) {
        return path(other) + "%00?" + query(mine);
      }
    },
    FRAGMENT {
      @Override
      String of(String target, String mine, String other) {
        return path(other) + "#" + "?" + query(mine);
      }
    },
    WHOLE_URL_AS_TARGET {
      @Override
      String of(String target, String mine, String other) {
        return "http://127.0.0.1" + path(other) + "?" + query(mine);
      }
    };

    abstract String of(String target, String mine, String other);

    private static String path(String target) {
      return target.substring(0, target.indexOf('?'));
    }

    private static String query(String target) {
      return target.substring(target.indexOf('?') + 1);
    }

    /** The longest run of hexadecimal digits: a file is named by its SHA-256. */
    private static String digest(String target) {
      return path(target).replaceAll(".*?([0-9a-f]{64}).*", "$1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangedUrlGivesNoOtherFile(Change change) throws Exception {
    http.stored(mine);
    var own = target(http.getUrl(mine));
    var other = target(http.getUrl(secret));

    var answer = ask("GET " + change.of(own, own, other) + " HTTP/1.1");

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.body()).doesNotContain(new String(secret, ISO_8859_1));
  }

  @ParameterizedTest
  @EnumSource
  void aChangedUrlTakesNoOtherFile(Change change) throws Exception {
    var own = target(http.putUrl(mine));
    var other = target(http.putUrl(bytesOf("other", 1_000)));
    var files = http.filesOnDisk();

    var answer = ask(
        "PUT " + change.of(own, own, other) + " HTTP/1.1", "Content-Length: 0", "Expect: nothing");

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(http.filesOnDisk()).hasSameElementsAs(files);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DELETE", "PATCH", "POST", "TRACE", "COPY", "MOVE", "PROPFIND", "get", "G\u00e4T"})
  void aUrlServesNoOtherMethod(String method) throws Exception {
    var answer = ask(method + " " + target(http.getUrl(secret)) + " HTTP/1.1", "Content-Length: 0");

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(http.has(secret)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override: PUT",
        "X-Original-URL: /",
        "X-Forwarded-Host: evil.example",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked, identity",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Content-Length: +5",
        "Host: evil.example"
      })
  void oddHeadersOfAnUploadStoreNothingElse(String header) throws Exception {
    var files = http.filesOnDisk();

    try (var client = http.raw()) {
      var url = http.putUrl(mine);
      client.send("PUT " + target(url) + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n"
          + header + "\r\n\r\n0\r\n\r\n");
      client.end();
      assertThat(new String(client.rest(), ISO_8859_1)).doesNotStartWith("HTTP/1.1 2");
    }

    assertThat(http.has(mine)).isFalse();
    assertThat(http.filesOnDisk()).hasSameElementsAs(files);
  }

  private RawClient.Response ask(String line, String... headers) throws IOException {
    try (var client = http.raw()) {
      client.send(line + "\r\nHost: " + http.base().getAuthority() + "\r\n"
          + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n");
      return client.receive();
    }
  }

  private static String target(URI url) {
    return url.getRawPath() + "?" + url.getRawQuery();
  }
}
