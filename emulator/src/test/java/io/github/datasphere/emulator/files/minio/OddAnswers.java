package io.github.datasphere.emulator.files.minio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.datasphere.emulator.files.minio.OddStorage.Answer;
import java.util.stream.Stream;

/** Answers as no storage should give them. */
final class OddAnswers {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String XML = "Content-Type: application/xml\r\n";
  private static final int MUCH = 64 * 1024;

  private OddAnswers() {}

  /** One answer; text alone, or such as never ends. */
  record Odd(String name, Answer answer) {
    Odd(String name, String text) {
      this(name, OddStorage.text(text));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Odd> all() {
    return Stream.of(lines(), lengths(), statuses(), errors(), listings(), endless())
        .flatMap(some -> some);
  }

  private static Stream<Odd> lines() {
    return Stream.of(
        new Odd("nothing", ""),
        new Odd("half a line", "HTTP/1.1 20"),
        new Odd("a line alone", "HTTP/1.1 200 OK"),
        new Odd("noise", "\u0000\u0001\u0002\u00ff".repeat(100)),
        new Odd("another protocol", "SSH-2.0-OpenSSH_9.0\r\n"),
        new Odd("a page without a head", "<html>It works!</html>"),
        new Odd("no status", "HTTP/1.1 \r\n\r\n"),
        new Odd("a status of letters", "HTTP/1.1 abc OK\r\n\r\n"),
        new Odd("a status beyond all", "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"),
        new Odd("a status of two digits", "HTTP/1.1 99 Odd\r\nContent-Length: 0\r\n\r\n"),
        new Odd("a version to come", "HTTP/3.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
        new Odd("a field without a name", OK + ": x\r\nContent-Length: 0\r\n\r\n"),
        new Odd("a field of odd letters", OK + "X\u00ff: \u0001\r\nContent-Length: 0\r\n\r\n"),
        new Odd("fields without an end", OK + "Content-Length: 5\r\nX: y"));
  }

  private static Stream<Odd> lengths() {
    var dated = OK + "ETag: \"1\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n";
    return Stream.of(
        new Odd("half of what was told", dated + "Content-Length: 100\r\n\r\nhalf"),
        new Odd("more than was told", dated + "Content-Length: 1\r\n\r\nmuch more"),
        new Odd("a length below zero", dated + "Content-Length: -5\r\n\r\nhello"),
        new Odd("a length of letters", dated + "Content-Length: many\r\n\r\nhello"),
        new Odd("a length beyond all", dated + "Content-Length: 9223372036854775807\r\n\r\nhello"),
        new Odd("a length beyond numbers", dated + "Content-Length: 99999999999999999999\r\n\r\nx"),
        new Odd("two lengths", dated + "Content-Length: 5\r\nContent-Length: 1\r\n\r\nhello"),
        new Odd("no length", dated + "\r\nhello"),
        new Odd(
            "a date of another kind",
            OK + "ETag: \"1\"\r\nLast-Modified: yesterday\r\nContent-Length: 5\r\n\r\nhello"),
        new Odd("no date", OK + "ETag: \"1\"\r\nContent-Length: 5\r\n\r\nhello"),
        new Odd(
            "no tag",
            OK + "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: 5\r\n\r\nhello"),
        new Odd(
            "odd facts of versions and locks",
            dated
                + "x-amz-delete-marker: maybe\r\nx-amz-object-lock-mode: NONE\r\n"
                + "x-amz-object-lock-retain-until-date: never\r\nx-amz-object-lock-legal-hold: x\r\n"
                + "Content-Length: 5\r\n\r\nhello"),
        new Odd(
            "pieces of odd sizes",
            dated + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n"),
        new Odd(
            "pieces without a last", dated + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        new Odd(
            "packed, but not so told",
            dated + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"));
  }

  private static Stream<Odd> statuses() {
    return Stream.of(
            201, 204, 205, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 404, 405, 407,
            409, 410, 411, 412, 416, 418, 423, 499, 501, 505, 507, 511)
        .map(status -> new Odd(
            "status " + status,
            "HTTP/1.1 " + status + " Odd\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));
  }

  private static Stream<Odd> errors() {
    return Stream.of(
        error("a page as an error", "text/html", "<html><body>Forbidden</body></html>"),
        error("an error of no kind", "application/xml", "<Error></Error>"),
        error("an error without words", "application/xml", "<Error><Code>Odd</Code></Error>"),
        error(
            "an error with an empty code",
            "application/xml",
            "<Error><Code></Code><Message></Message></Error>"),
        error("another document", "application/xml", "<Odd><Code>x</Code></Odd>"),
        error("two errors", "application/xml", "<Error><Code>A</Code><Code>B</Code></Error>"),
        error("half an error", "application/xml", "<Error><Code>AccessDen"),
        error("no XML", "application/xml", "forbidden"),
        error("JSON", "application/json", "{\"error\": \"forbidden\"}"),
        error(
            "an error that names a file",
            "application/xml",
            "<!DOCTYPE e [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
                + "<Error><Code>Odd</Code><Message>&f;</Message></Error>"),
        error(
            "an error that grows",
            "application/xml",
            "<!DOCTYPE e [<!ENTITY a \"" + "x".repeat(100) + "\"><!ENTITY b \"" + "&a;".repeat(100)
                + "\">]><Error><Code>Odd</Code><Message>&b;</Message></Error>"),
        error("an error that is deep", "application/xml", "<Error>" + "<a>".repeat(50_000)),
        error(
            "an error of many words",
            "application/xml",
            "<Error><Code>Odd</Code><Message>" + "word ".repeat(50_000) + "</Message></Error>"),
        error(
            "an error of line ends",
            "application/xml",
            "<Error><Code>Odd</Code><Message>a&#10;b&#27;[2Jc</Message></Error>"));
  }

  private static Odd error(String name, String type, String body) {
    return new Odd(
        name,
        "HTTP/1.1 403 Odd\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
            + "\r\n\r\n" + body);
  }

  private static Stream<Odd> listings() {
    var one = "<Contents><Key>k</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
        + "<ETag>1</ETag><Size>1</Size></Contents>";
    return Stream.of(
        listing("an empty list", ""),
        listing("a list of one", one),
        listing(
            "a list without an end",
            one
                + "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"),
        listing("a list that goes on without a word", one + "<IsTruncated>true</IsTruncated>"),
        listing("a list with an odd date", one.replace("2026-01-01", "yesterday")),
        listing("a list with an odd size", one.replace("<Size>1", "<Size>many")),
        listing("a list with a size below zero", one.replace("<Size>1", "<Size>-1")),
        listing("a list without names", one.replace("<Key>k</Key>", "")),
        listing(
            "a list of odd letters",
            "<EncodingType>url</EncodingType>" + one.replace(">k<", ">%zz%00<")),
        listing("a list of ways out", one.replace(">k<", ">../../etc/passwd<")));
  }

  private static Odd listing(String name, String body) {
    var text =
        "<?xml version=\"1.0\"?><ListBucketResult><Name>jobs</Name>" + body + "</ListBucketResult>";
    return new Odd(name, OK + XML + "Content-Length: " + text.length() + "\r\n\r\n" + text);
  }

  private static Stream<Odd> endless() {
    return Stream.of(
        endless("fields that never end", OK, "X-Odd: y\r\n"),
        endless(
            "an object that never ends",
            OK + "Content-Type: application/octet-stream\r\n\r\n",
            "x".repeat(MUCH)),
        endless(
            "a list that never ends",
            OK + XML + "\r\n<ListBucketResult>",
            "<Prefix>" + "x".repeat(MUCH) + "</Prefix>"),
        endless(
            "an error that never ends",
            "HTTP/1.1 403 Odd\r\n" + XML + "\r\n<Error><Code>",
            "x".repeat(MUCH)));
  }

  private static Odd endless(String name, String begin, String then) {
    return new Odd(name, client -> {
      client.write(begin.getBytes(ISO_8859_1));
      var more = then.getBytes(ISO_8859_1);
      while (true) {
        client.write(more);
      }
    });
  }
}
