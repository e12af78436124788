package io.github.datasphere.emulator.attacks;

import static io.github.datasphere.emulator.attacks.FrameRows.AUTH;
import static io.github.datasphere.emulator.attacks.FrameRows.NOTHING;
import static io.github.datasphere.emulator.attacks.FrameRows.row;
import static io.github.datasphere.emulator.attacks.Frames.DATA;
import static io.github.datasphere.emulator.attacks.Frames.END_HEADERS;
import static io.github.datasphere.emulator.attacks.Frames.END_STREAM;
import static io.github.datasphere.emulator.attacks.Frames.HEADERS;
import static io.github.datasphere.emulator.attacks.Frames.LIST;
import static io.github.datasphere.emulator.attacks.Frames.call;
import static io.github.datasphere.emulator.attacks.Frames.fields;
import static io.github.datasphere.emulator.attacks.Frames.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections to the gRPC port that keep to no rule of HTTP/2 or gRPC, or to all but sense. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrameAttacksTest {
  /** What gRPC itself has INTERNAL for, as its specification says. */
  private static final List<String> OWN = List.of(
      "Content-Type is missing", "mid-frame", "reserved bits", "compression not configured");

  private Emulator emulator;
  private InetSocketAddress port;

  @BeforeAll
  void start() {
    emulator = Emulator.start(EmulatorConfig.onFreePorts());
    var address = emulator.addresses().grpc();
    var colon = address.lastIndexOf(':');
    port = new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  @AfterAll
  void end() {
    if (emulator != null) {
      emulator.close();
    }
  }

  static Stream<Arguments> attacks() {
    return Stream.of(FrameRows.all(), heads(), timeouts(), messages()).flatMap(rows -> rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void isRefusedOrServedAndOthersAreServed(String name, FrameRows.Attack attack) throws Exception {
    try (var frames = Frames.to(port)) {
      attack.on(frames);

      assertThat(frames.answer())
          .doesNotContain("io.github.datasphere", "java.lang", "Exception")
          .doesNotContain("grpc-status\u00012")
          .matches(answer ->
              !answer.contains("grpc-status\u000213") || OWN.stream().anyMatch(answer::contains));
      assertThat(anotherIsServed()).isTrue();
    }
  }

  private boolean anotherIsServed() throws IOException {
    try (var other = Frames.to(port).preface()) {
      return FrameRows.list(other).answer("grpc-status", 20_000).contains("grpc-status");
    }
  }

  private static Stream<Arguments> heads() {
    return Stream.of(
        head("no path", new byte[] {(byte) 0x83, (byte) 0x86}),
        head("no method", fields(":path", LIST)),
        head("two paths", call(LIST, ":path", "/x")),
        head(
            "a method of its own",
            FrameRows.join(new byte[] {(byte) 0x86}, fields(":method", "LIST", ":path", LIST))),
        head("GET", FrameRows.join(new byte[] {(byte) 0x82, (byte) 0x86}, fields(":path", LIST))),
        head("a field in capitals", call(LIST, "Upper", "x")),
        head("an empty name", call(LIST, "", "x")),
        head("a name with a line end", call(LIST, "a\r\nb", "x")),
        head("a value with a line end", call(LIST, "a", "x\r\ny: z")),
        head("a value with NUL", call(LIST, "a", "x\0y")),
        head("a field of the connection", call(LIST, "connection", "close")),
        head("chunks", call(LIST, "transfer-encoding", "chunked")),
        head("a length that is a lie", call(LIST, "content-length", "5")),
        head("a length below nothing", call(LIST, "content-length", "-5")),
        head("another content type", call(LIST, "content-type", "text/html")),
        head("a path without a slash", call("List")),
        head("a path of slashes", call("//")),
        head("an unknown service", call("/x.y.Z/List")),
        head("an unknown call", call(LIST + "x")),
        head(
            "a path with dots",
            call("/x/../yandex.cloud.datasphere.v2.jobs.ProjectJobService/List")),
        head("a path with an escape", call(LIST.replace("List", "%4cist"))),
        head("a path of 7 kB", call("/" + "x".repeat(7_000))),
        head("a path beyond ASCII", call("/\u00e4/\u00ff")),
        head("300 tokens", call(LIST, many(300, AUTH, "Bearer t"))),
        head("a token of 7 kB", call(LIST, AUTH, "Bearer " + "x".repeat(7_000))),
        head("a table that is not there", new byte[] {(byte) 0xff, (byte) 0xff, 1}),
        head("a number without an end", new byte[] {(byte) 0xff, -1, -1, -1, -1, -1, -1, -1, -1}),
        head("a text that is longer than told", new byte[] {0, 127, -1, -1, 1, 'a'}),
        head("a text of Huffman's that is none", new byte[] {0, (byte) 0x81, -1, 1, 'a'}),
        head("a bomb of a table", bomb()),
        head("binary metadata that are none", call(LIST, "x-bin", "***")),
        head("tracing that is none", call(LIST, "grpc-trace-bin", "x", "traceparent", "00-0-0-0")),
        head(
            "a request id of lines",
            call(LIST, "x-request-id", "a b\tc", "x-client-request-id", "\u0001")));
  }

  private static Stream<Arguments> timeouts() {
    return Stream.of(
            "", "-1S", "0n", "99999999H", "999999999S", "1", "S", "1x", "abc", "1.5S", "1S ")
        .map(timeout -> row(
            "a time of '" + timeout + "'",
            f -> f.preface()
                .send(
                    HEADERS, END_HEADERS, 1, call(LIST, "grpc-timeout", timeout, AUTH, "Bearer t"))
                .send(DATA, END_STREAM, 1, message(0, 0, NOTHING))));
  }

  private static Stream<Arguments> messages() {
    return Stream.of(
        sent("a length of 4 GB", message(0, -1, NOTHING)),
        sent("a length of 2 GB", message(0, Integer.MAX_VALUE, NOTHING)),
        sent("a length of more than there is", message(0, 100, new byte[3])),
        sent("half a head", new byte[] {0, 0}),
        sent("nothing", NOTHING),
        sent("two messages", FrameRows.join(message(0, 0, NOTHING), message(0, 0, NOTHING))),
        sent("a flag that is none", message(2, 0, NOTHING)),
        sent("a packed message without an encoding", message(1, 3, new byte[3])),
        sent("a packed message that is none", message(1, 3, new byte[3]), "grpc-encoding", "gzip"),
        sent("an unknown encoding", message(1, 3, new byte[3]), "grpc-encoding", "x"),
        sent("an encoding of a path", message(1, 0, NOTHING), "grpc-encoding", "../x"),
        sent(
            "encodings without end",
            message(0, 0, NOTHING),
            many(200, "grpc-accept-encoding", "x,y,z")),
        sent("a bomb of 100 MB", packed(100 << 20), "grpc-encoding", "gzip"),
        sent("a message that is another", message(0, 2, new byte[] {8, 1})),
        sent("a message of groups", message(0, 4, new byte[] {11, 11, 12, 12})),
        sent("a group without an end", message(0, 3, new byte[] {11, 11, 11})),
        sent(
            "a number of eleven bytes",
            message(0, 12, new byte[] {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1})),
        sent("a field of the number 0", message(0, 2, new byte[] {0, 0})),
        sent("a text that is no UTF-8", message(0, 3, new byte[] {10, 1, -1})));
  }

  private static byte[] packed(int bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      var zeros = new byte[1 << 20];
      for (int i = 0; i < bytes >> 20; i++) {
        gzip.write(zeros);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return message(1, out.size(), out.toByteArray());
  }

  /** One large entry of the table, which is then named again and again. */
  private static byte[] bomb() {
    var block = new ByteArrayOutputStream();
    block.writeBytes(new byte[] {(byte) 0x83, (byte) 0x86, 0x40, 1, 'x', 127, (byte) 0xd1, 30});
    block.writeBytes("y".repeat(4_048).getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 10_000; i++) {
      block.write(0xbe);
    }
    return block.toByteArray();
  }

  private static Arguments head(String name, byte[] block) {
    return row(name, f -> f.preface().send(HEADERS, END_HEADERS | END_STREAM, 1, block));
  }

  private static Arguments sent(String name, byte[] message, String... more) {
    return row(name, f -> {
      f.preface().send(HEADERS, END_HEADERS, 1, call(LIST, join(more, AUTH, "Bearer t")));
      for (int from = 0; from < message.length || from == 0; from += 16_000) {
        var end = Math.min(message.length, from + 16_000);
        f.send(
            DATA,
            end == message.length ? END_STREAM : 0,
            1,
            Arrays.copyOfRange(message, from, end));
      }
    });
  }

  private static String[] many(int count, String name, String value) {
    return Stream.generate(() -> Stream.of(name, value))
        .limit(count)
        .flatMap(p -> p)
        .toArray(String[]::new);
  }

  private static String[] join(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }
}
