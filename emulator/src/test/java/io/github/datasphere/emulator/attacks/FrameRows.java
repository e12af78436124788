package io.github.datasphere.emulator.attacks;

import static io.github.datasphere.emulator.attacks.Frames.CONTINUATION;
import static io.github.datasphere.emulator.attacks.Frames.DATA;
import static io.github.datasphere.emulator.attacks.Frames.END_HEADERS;
import static io.github.datasphere.emulator.attacks.Frames.END_STREAM;
import static io.github.datasphere.emulator.attacks.Frames.GO_AWAY;
import static io.github.datasphere.emulator.attacks.Frames.HEADERS;
import static io.github.datasphere.emulator.attacks.Frames.LIST;
import static io.github.datasphere.emulator.attacks.Frames.PING;
import static io.github.datasphere.emulator.attacks.Frames.PRIORITY;
import static io.github.datasphere.emulator.attacks.Frames.PUSH;
import static io.github.datasphere.emulator.attacks.Frames.RESET;
import static io.github.datasphere.emulator.attacks.Frames.SETTINGS;
import static io.github.datasphere.emulator.attacks.Frames.WINDOW;
import static io.github.datasphere.emulator.attacks.Frames.call;
import static io.github.datasphere.emulator.attacks.Frames.fields;
import static io.github.datasphere.emulator.attacks.Frames.message;
import static io.github.datasphere.emulator.attacks.Frames.number;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What connections to the gRPC port send that keep to no rule of HTTP/2. */
final class FrameRows {
  static final byte[] NOTHING = {};
  static final String AUTH = "authorization";

  private FrameRows() {}

  /** What a row does with its connection. */
  @FunctionalInterface
  interface Attack {
    void on(Frames frames) throws IOException;
  }

  static Stream<Arguments> all() {
    return Stream.of(
            prefaces(), floods(), floodsOfCalls(), floodsOfParts(), windows(), brokenFrames())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> prefaces() {
    return Stream.of(
        row("no preface", f -> f.send(SETTINGS, 0, 0, NOTHING)),
        row("half a preface", f -> f.text("PRI * HTTP/2.0\r\n\r\nS")),
        row("a preface and the end", f -> f.preface().end()),
        row("a preface twice", f -> f.preface().text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")),
        row("HTTP/1.1", f -> f.text("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")),
        row(
            "an upgrade",
            f -> f.text("GET / HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: \r\n\r\n")),
        row("TLS", f -> f.text("\u0016\u0003\u0001\u0000\u0005hello")),
        row("SSH", f -> f.text("SSH-2.0-x\r\n")),
        row("a megabyte of one letter", f -> f.text("x".repeat(1 << 20))),
        row(
            "settings later",
            f -> f.text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").send(PING, 0, 0, new byte[8])));
  }

  private static Stream<Arguments> floods() {
    return Stream.of(
        row("pings", f -> times(5_000, f.preface(), i -> f.send(PING, 0, 0, new byte[8]))),
        row(
            "answers to pings",
            f -> times(5_000, f.preface(), i -> f.send(PING, 1, 0, new byte[8]))),
        row("settings", f -> times(5_000, f.preface(), i -> f.send(SETTINGS, 0, 0, NOTHING))),
        row(
            "answers to settings",
            f -> times(2_000, f.preface(), i -> f.send(SETTINGS, 1, 0, NOTHING))),
        row(
            "changes of the window",
            f -> times(
                2_000,
                f.preface(),
                i -> f.send(SETTINGS, 0, 0, join(new byte[] {0, 4}, number(i))))),
        row(
            "changes of the table",
            f -> times(
                2_000,
                f.preface(),
                i -> f.send(SETTINGS, 0, 0, join(new byte[] {0, 1}, number(i % 2 * 4096))))),
        row(
            "priorities",
            f -> times(
                5_000,
                f.preface(),
                i -> f.send(PRIORITY, 0, 2 * i + 1, new byte[] {0, 0, 0, 0, 1}))),
        row("windows by one", f -> times(5_000, f.preface(), i -> f.send(WINDOW, 0, 0, number(1)))),
        row(
            "unknown frames",
            f -> times(5_000, f.preface(), i -> f.send(77, 255, 0, new byte[10]))));
  }

  private static Stream<Arguments> floodsOfCalls() {
    return Stream.of(
        row(
            "calls that are reset",
            f -> times(
                2_000,
                f.preface(),
                i -> f.send(HEADERS, END_HEADERS, 2 * i + 1, call(LIST))
                    .send(RESET, 0, 2 * i + 1, number(8)))),
        row(
            "calls that are reset before their end",
            f -> times(
                2_000,
                f.preface(),
                i -> f.send(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, call(LIST))
                    .send(RESET, 0, 2 * i + 1, number(8)))),
        row(
            "calls that have no message",
            f -> times(
                1_000,
                f.preface(),
                i -> f.send(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, call(LIST)))),
        row(
            "calls that wait for ever",
            f -> times(
                1_000,
                f.preface(),
                i -> f.send(HEADERS, END_HEADERS, 2 * i + 1, call(LIST, AUTH, "Bearer t")))),
        row(
            "calls whose numbers go down",
            f -> times(
                500, f.preface(), i -> f.send(HEADERS, END_HEADERS, 100_001 - 2 * i, call(LIST)))));
  }

  private static Stream<Arguments> floodsOfParts() {
    return Stream.of(
        row(
            "empty data",
            f -> times(
                5_000,
                f.preface().send(HEADERS, END_HEADERS, 1, call(LIST)),
                i -> f.send(DATA, 0, 1, NOTHING))),
        row(
            "data of padding",
            f -> times(
                1_000,
                f.preface().send(HEADERS, END_HEADERS, 1, call(LIST)),
                i -> f.send(DATA, 8, 1, new byte[] {0}))),
        row(
            "headers that go on",
            f -> times(
                3_000,
                f.preface().send(HEADERS, 0, 1, call(LIST)),
                i -> f.send(CONTINUATION, 0, 1, fields("x" + i, "y")))),
        row(
            "headers that go on with nothing",
            f -> times(
                3_000,
                f.preface().send(HEADERS, 0, 1, call(LIST)),
                i -> f.send(CONTINUATION, 0, 1, NOTHING))),
        row(
            "trailers again and again",
            f -> times(
                500,
                f.preface().send(HEADERS, END_HEADERS, 1, call(LIST)),
                i -> f.send(HEADERS, END_HEADERS, 1, fields("x", "y")))),
        row(
            "resets of what was never begun",
            f -> times(2_000, f.preface(), i -> f.send(RESET, 0, 2 * i + 1, number(1)))));
  }

  private static Stream<Arguments> windows() {
    return Stream.of(
        row(
            "a window of 0",
            f -> list(f.preface().send(SETTINGS, 0, 0, join(new byte[] {0, 4}, number(0))))),
        row(
            "a window beyond all bounds",
            f -> f.preface().send(WINDOW, 0, 0, number(Integer.MAX_VALUE))),
        row("a window by nothing", f -> f.preface().send(WINDOW, 0, 0, number(0))),
        row("a window of a torn length", f -> f.preface().send(WINDOW, 0, 0, new byte[3])),
        row("settings of a torn length", f -> f.preface().send(SETTINGS, 0, 0, new byte[5])),
        row("settings of a call", f -> f.preface().send(SETTINGS, 0, 1, new byte[6])),
        row(
            "a first window that is negative",
            f -> f.preface().send(SETTINGS, 0, 0, join(new byte[] {0, 4}, number(-1)))),
        row(
            "a frame size of 0",
            f -> f.preface().send(SETTINGS, 0, 0, join(new byte[] {0, 5}, number(0)))),
        row(
            "no calls at once",
            f -> list(f.preface().send(SETTINGS, 0, 0, join(new byte[] {0, 3}, number(0))))),
        row(
            "a table of 4 GB",
            f -> list(f.preface().send(SETTINGS, 0, 0, join(new byte[] {0, 1}, number(-1))))),
        row(
            "no headers in answers",
            f -> list(f.preface().send(SETTINGS, 0, 0, join(new byte[] {0, 6}, number(0))))));
  }

  private static Stream<Arguments> brokenFrames() {
    return Stream.of(
        row("a push", f -> f.preface().send(PUSH, END_HEADERS, 1, number(2))),
        row("data of no call", f -> f.preface().send(DATA, 0, 1, new byte[10])),
        row("data of the connection", f -> f.preface().send(DATA, 0, 0, new byte[10])),
        row("data after the end", f -> list(f.preface()).send(DATA, 0, 1, new byte[10])),
        row(
            "data with more padding than data",
            f -> f.preface()
                .send(HEADERS, END_HEADERS, 1, call(LIST))
                .send(DATA, 8, 1, new byte[] {10, 1})),
        row(
            "a frame that is longer than told",
            f -> f.preface().length(10, PING, 0, 0, new byte[30])),
        row(
            "a frame that is shorter than told",
            f -> f.preface().length(1_000, PING, 0, 0, new byte[8])),
        row("a frame of 16 MB", f -> f.preface().length(0xffffff, DATA, 0, 1, new byte[100])),
        row("a ping of a call", f -> f.preface().send(PING, 0, 1, new byte[8])),
        row("a ping of 7 bytes", f -> f.preface().send(PING, 0, 0, new byte[7])),
        row(
            "a number of a server's call",
            f -> f.preface().send(HEADERS, END_HEADERS, 2, call(LIST))),
        row(
            "the largest number",
            f -> f.preface().send(HEADERS, END_HEADERS, Integer.MAX_VALUE, call(LIST))),
        row(
            "a call that depends on itself",
            f -> f.preface().send(PRIORITY, 0, 1, new byte[] {0, 0, 0, 1, 1})),
        row("a farewell and then a call", f -> list(f.preface().send(GO_AWAY, 0, 0, new byte[8]))),
        row("a farewell with a megabyte", f -> f.preface().send(GO_AWAY, 0, 0, new byte[16_000])),
        row(
            "a continuation of nothing",
            f -> f.preface().send(CONTINUATION, END_HEADERS, 1, NOTHING)),
        row(
            "another frame within headers",
            f -> f.preface().send(HEADERS, 0, 1, call(LIST)).send(PING, 0, 0, new byte[8])),
        row(
            "half a call and the end",
            f -> f.preface().send(HEADERS, END_HEADERS, 1, call(LIST)).end()));
  }

  static Frames list(Frames frames) throws IOException {
    return frames
        .send(HEADERS, END_HEADERS, 1, call(LIST, AUTH, "Bearer t"))
        .send(DATA, END_STREAM, 1, message(0, 0, NOTHING));
  }

  static Arguments row(String name, Attack attack) {
    return Arguments.of(name, attack);
  }

  @FunctionalInterface
  private interface Step {
    Frames send(int i) throws IOException;
  }

  private static void times(int count, Frames frames, Step step) throws IOException {
    for (int i = 0; i < count; i++) {
      step.send(i);
    }
  }

  static byte[] join(byte[] some, byte[] more) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(some);
    all.writeBytes(more);
    return all.toByteArray();
  }
}
