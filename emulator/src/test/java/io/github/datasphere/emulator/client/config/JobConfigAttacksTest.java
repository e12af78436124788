package io.github.datasphere.emulator.client.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of {@code run} that a stranger wrote: each is read, or refused with its name, and soon. */
@DisabledOnOs(OS.WINDOWS)
class JobConfigAttacksTest {
  private static final String CMD = "name: x\ncmd: true\n";

  @TempDir
  Path folder;

  static Stream<Arguments> texts() {
    return Stream.of(anchors(), tags(), sizes(), letters(), types(), places())
        .flatMap(some -> some);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isReadOrRefusedInWords(String name, String text) throws Exception {
    var own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(folder.resolve("secret"), "secret of another");
    Files.createSymbolicLink(own.resolve("link"), folder.resolve("secret"));
    Files.createSymbolicLink(own.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(own.resolve("up"), folder);
    Files.createSymbolicLink(own.resolve("none"), Path.of("nowhere"));
    Files.createDirectory(own.resolve("dir"));
    Files.createSymbolicLink(own.resolve("dir/self"), Path.of("."));
    new ProcessBuilder("mkfifo", own.resolve("pipe").toString()).start().waitFor();
    var file = own.resolve("config.yaml");
    Files.write(file, text.getBytes(name.startsWith("latin: ") ? ISO_8859_1 : UTF_8));
    var warnings = new ArrayList<String>();

    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(own.resolve("socket")));
      var config = new JobConfigReader(file, own, Map.of("PATH", "/usr/bin:/bin"), () -> {})
          .read(warning -> warnings.add(warning.toString()));

      assertThat(config.text()).doesNotContain("secret of another");
    } catch (JobConfigException e) {
      assertThat(e.getMessage())
          .isNotBlank()
          .doesNotContain("secret of another", "Exception", "\tat ");
      assertThat(e.getMessage().length()).isLessThan(20_000);
    }
  }

  private static Stream<Arguments> anchors() {
    var laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    return Stream.of(
        row("a bomb of anchors", laughs + "cmd: true\ninputs: *a29\n"),
        row("a bomb of anchors in variables", laughs + CMD + "env: {vars: {X: *a29}}\n"),
        row(
            "a bomb of maps",
            laughs
                    .toString()
                    .replace("[*", "{x: *")
                    .replace(", *", ", y: *")
                    .replace("]", "}")
                    .replace("[lol, lol}", "{x: lol}")
                + CMD),
        row("a list in itself", "cmd: &a [*a]\n"),
        row("a map in itself", "&a {cmd: true, env: *a}\n"),
        row("an alias of nothing", "cmd: *nothing\n"),
        row("merged keys", "x: &x {cmd: false}\n<<: *x\ncmd: true\n"),
        row("merged keys in themselves", "&a {<<: *a, cmd: true}\n"),
        row("merged text", "<<: text\ncmd: true\n"),
        row("an anchor twice", "a: &x 1\nb: &x 2\ncmd: *x\n"),
        row("ten thousand aliases", "a: &x true\ncmd: *x\ninputs:\n" + "- *x\n".repeat(10_000)));
  }

  private static Stream<Arguments> tags() {
    return Stream.of(
            "!!java.lang.Runtime []",
            "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://127.0.0.1:1/\"]]",
            "!!python/object/apply:os.system [\"true\"]",
            "!!binary \"!\"",
            "!!set {a, b}",
            "!!omap [a: b]",
            "!!timestamp 2001-01-01",
            "!!float .nan",
            "!!int 0x10",
            "!!null ''",
            "!!bool maybe",
            "!<tag:yaml.org,2002:str> true",
            "!unknown true",
            "! true")
        .map(tag -> row("a tag: " + tag, "cmd: " + tag + "\n"));
  }

  private static Stream<Arguments> sizes() {
    return Stream.of(
        row("lists 20,000 deep", "cmd: " + "[".repeat(20_000)),
        row("lists 5,000 deep and closed", "cmd: " + "[".repeat(5_000) + "]".repeat(5_000)),
        row("maps 20,000 deep", "cmd: " + "{a: ".repeat(20_000)),
        row("indented 2,000 deep", deep(2_000)),
        row("dashes 20,000 deep", "inputs:\n" + "- ".repeat(20_000)),
        row("a text of 100 kB", "cmd: " + "x".repeat(5_000)),
        row("keys of 1 MB", "x".repeat(1 << 20) + ": y\ncmd: true\n"),
        row("5,000 keys", CMD + numbered("k%d: v\n", 5_000)),
        row("5,000 inputs", CMD + "inputs:\n" + numbered("- f%d\n", 5_000)),
        row("5,000 variables", CMD + "env:\n  vars:\n" + numbered("    V%d: v\n", 5_000)),
        row("one key 10,000 times", CMD + "name: y\n".repeat(10_000)),
        row("10,000 documents", "cmd: true\n---\n".repeat(10_000)),
        row("a megabyte of blanks", CMD + " ".repeat(1 << 20)),
        row("a megabyte of lines", CMD + "\n".repeat(1 << 20)),
        row("quotes that stay open", "cmd: \"" + "x\n".repeat(100_000)));
  }

  private static Stream<Arguments> letters() {
    return Stream.of(
        row("a mark of the order of bytes", "\ufeff" + CMD),
        row("latin: UTF-16", "\u00ff\u00fec\0m\0d\0"),
        row("latin: no UTF-8", "cmd: \u00ff\u00fe\u00c3(\n"),
        row("NUL", "cmd: a\0b\n"),
        row("an escaped NUL", "cmd: \"a\\0b\"\n"),
        row("half of a pair", "cmd: \"\\uD800\"\n"),
        row("a bell", "cmd: \u0007\n"),
        row("separators of lines", "cmd: a\u2028b\u0085c\n"),
        row("tabs", "cmd:\ttrue\n\tname: x\n"),
        row("carriage returns alone", "cmd: true\rname: x\r"),
        row("right to left", "cmd: \u202etrue\n"),
        row("a directive of another version", "%YAML 9.9\n---\ncmd: true\n"),
        row("a directive that is none", "%NONE x\n---\ncmd: true\n"),
        row("a tag of its own", "%TAG !e! tag:e.example,2000:\n---\ncmd: !e!x true\n"));
  }

  private static Stream<Arguments> types() {
    return Stream.of(
            "cmd: 5",
            "cmd: {a: b}",
            "cmd: true\nname: [a]",
            "cmd: true\nname: {a: b}",
            "cmd: .nan",
            "cmd: true\nenv: 5",
            "cmd: true\nenv: [5]",
            "cmd: true\nenv: {vars: 5}",
            "cmd: true\nenv: {vars: {A: {B: c}}}",
            "cmd: true\nenv: {vars: {'': x, 'a=b': y}}",
            "cmd: true\nenv: {docker: [x]}",
            "cmd: true\nenv: {docker: {image: 5, password: {x: y}}}",
            "cmd: true\nenv: {python: {version: [3]}}",
            "cmd: true\nenv: {python: {type: none}}",
            "cmd: true\nenv: {python: {type: manual, version: '../../x', local-paths: 5}}",
            "cmd: true\ninputs: {a: b}",
            "cmd: true\ninputs: [5, null, true]",
            "cmd: true\ninputs: [[]]",
            "cmd: true\noutputs: [{a: {b: c}}]",
            "cmd: true\nflags: {a: b}",
            "cmd: true\nargs: 5",
            "cmd: true\nworking-storage: 5",
            "cmd: true\nworking-storage: {size: -1Gb}",
            "cmd: true\nworking-storage: {size: 99999999999999999999Tb}",
            "cmd: true\nworking-storage: {size: 1e999Gb}",
            "cmd: true\ngraceful-shutdown: {signal: SIGKILL, timeout: -1s}",
            "cmd: true\ngraceful-shutdown: {signal: 99999999999, timeout: 1e99s}",
            "cmd: true\ncloud-instance-type: {a: b}",
            "cmd: true\ncloud-instance-types: [[]]",
            "cmd: true\noutput-datasets: [{name: x}]",
            "cmd: true\nspark: {connector: [x]}",
            "cmd: true\ns3-mounts: [../../x]",
            "cmd: true\ndatasets: ['../x']",
            "? {a: b}\n: c\ncmd: true",
            "5: x\ncmd: true",
            "cmd: ${PATH}",
            "cmd: ${${A}}",
            "cmd: ${}",
            "cmd: '${" + "a".repeat(100_000) + "}'",
            "cmd: '" + "${".repeat(20_000) + "'")
        .map(text -> row("a type: " + text.substring(0, Math.min(60, text.length())), text + "\n"));
  }

  private static Stream<Arguments> places() {
    var inputs = Stream.of(
            "../secret",
            "/etc/passwd",
            "link",
            "loop",
            "up",
            "up/secret",
            "none",
            "pipe",
            "socket",
            "dir",
            "dir/self/self",
            ".",
            "./",
            "..",
            "/",
            "",
            " ",
            "~",
            "/dev/zero",
            "/dev/stdin",
            "/proc/self/mem",
            "/proc/self/environ",
            "a/../../secret",
            "a\\0b",
            "config.yaml/x")
        .flatMap(path -> Stream.of(
            row("an input: " + path, CMD + "inputs: [\"" + path + "\"]\n"),
            row("an input with a variable: " + path, CMD + "inputs: [\"" + path + "\": V]\n")));
    var requirements = Stream.of("/dev/zero", "dir", "loop", "none", "/etc/shadow", "..", "socket")
        .map(path -> row(
            "requirements: " + path,
            CMD + "env: {python: {type: manual, version: '3.10', requirements-file: '" + path
                + "', local-paths: []}}\n"));
    var modules = Stream.of("/", "..", "loop", "none", "pipe", "/dev/zero", "dir/self", "/proc")
        .map(path -> row(
            "local modules: " + path,
            CMD + "env: {python: {type: manual, version: '3.10', requirements: [x], local-paths: ['"
                + path + "']}}\n"));
    return Stream.of(inputs, requirements, modules).flatMap(rows -> rows);
  }

  private static String deep(int levels) {
    var text = new StringBuilder();
    for (int i = 0; i < levels; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }
    return text.toString();
  }

  private static String numbered(String line, int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(line.formatted(i));
    }
    return text.toString();
  }

  private static Arguments row(String name, String text) {
    return Arguments.of(name, text);
  }
}
