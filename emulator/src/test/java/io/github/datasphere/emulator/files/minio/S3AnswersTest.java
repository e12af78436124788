package io.github.datasphere.emulator.files.minio;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static io.github.datasphere.emulator.files.Contents.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.datasphere.emulator.files.minio.OddAnswers.Odd;
import io.github.datasphere.emulator.job.id.ProjectId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A storage that answers oddly: no answer gives other content than was stored, counts as stored
 * what is not, or is a fault of the emulator.
 */
class S3AnswersTest {
  private static final int LONGEST_WORDS = 2_000;
  private static final int MUCH = 1 << 20;
  private static final ProjectId PROJECT = new ProjectId("bt1fixture0000000000");
  private static final byte[] CONTENT = bytesOf("stored", 1000);

  static Stream<Odd> answers() {
    return OddAnswers.all();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void noOtherContentIsGiven(Odd odd) throws IOException {
    var key = keyOf(PROJECT, CONTENT);
    assertTold(odd, bucket -> {
      try (var content = new VerifiedContent(bucket.open("object", 0), key, "here")) {
        var read = content.readNBytes(MUCH);
        // What goes on is broken off by its reader, who knows the size of the file
        assertThat(read.length == MUCH || Arrays.equals(read, CONTENT)).isTrue();
      }
    });
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aLookIsToldOrUnderstood(Odd odd) throws IOException {
    assertTold(odd, bucket -> bucket.find("object"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aListIsToldOrUnderstood(Odd odd) throws IOException {
    assertTold(odd, bucket -> {
      try (var items = bucket.list("")) {
        items.forEach(item -> {
          assertThat(item.objectName()).isNotNull();
          assertThat(item.lastModified()).isNotNull();
        });
      }
    });
  }

  @ParameterizedTest
  @MethodSource("answers")
  void storingIsToldOrUnderstood(Odd odd) throws IOException {
    assertTold(odd, bucket -> bucket.put("object", CONTENT, CONTENT.length));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void storingPartByPartIsToldOrUnderstood(Odd odd) throws IOException {
    assertTold(odd, bucket -> bucket.put("object", new ByteArrayInputStream(CONTENT)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void copyingAndRemovingAreToldOrUnderstood(Odd odd) throws IOException {
    assertTold(odd, bucket -> bucket.copy("object", "other"));
    assertTold(odd, bucket -> bucket.remove("object"));
    assertTold(odd, Bucket::exists);
  }

  /** A client that goes elsewhere may take a page there for "stored". */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void nothingIsSentElsewhere(int status) throws IOException {
    try (var elsewhere = new OddStorage(
            OddStorage.text("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\n\r\n"));
        var storage = new OddStorage(OddStorage.text("HTTP/1.1 " + status + " Moved\r\nLocation: "
            + elsewhere.uri() + "/jobs/object\r\nContent-Length: 0\r\n\r\n"))) {
      try (var bucket = bucket(storage.uri())) {
        assertThat(catchThrowable(() -> bucket.put("object", CONTENT, CONTENT.length)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(Integer.toString(status));
      }
      assertThat(elsewhere.asked()).isZero();
    }
  }

  /** What is asked of a storage. */
  @FunctionalInterface
  private interface Question {
    void to(Bucket bucket) throws Exception;
  }

  private static void assertTold(Odd odd, Question question) throws IOException {
    try (var storage = new OddStorage(odd.answer());
        var bucket = bucket(storage.uri())) {
      var failure = catchThrowable(() -> question.to(bucket));
      if (failure instanceof UncheckedIOException listing) {
        failure = listing.getCause();
      }
      if (failure != null) {
        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(failure.getMessage())
            .hasSizeLessThan(LONGEST_WORDS)
            .doesNotContain("root:", "\u001b");
      }
    }
  }

  private static Bucket bucket(URI endpoint) throws IOException {
    var settings = MinioServer.at(endpoint);
    return new Bucket(
        Connection.client(settings, Connection.http(settings)),
        settings.bucket(),
        new S3Errors(settings, Clock.systemUTC()));
  }
}
