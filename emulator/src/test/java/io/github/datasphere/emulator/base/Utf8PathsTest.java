package io.github.datasphere.emulator.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8PathsTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plain.txt", "данные/файл.txt", "a b%20?#&+.txt", "😀", "..", "./a", ""})
  void textBecomesThePathThatJavaMakesOfItUnderUtf8(String text) {
    assertThat(Utf8Paths.resolve(folder, text)).isEqualTo(folder.resolve(text));
    assertThat(Utf8Paths.text(Path.of(text))).hasValue(text);
  }

  @Test
  void absoluteTextLeavesTheFolder() {
    assertThat(Utf8Paths.resolve(folder, "/данные/x")).isEqualTo(Path.of("/данные/x"));
    assertThat(Utf8Paths.of("/данные/x")).isEqualTo(Path.of("/данные/x"));
    assertThat(Utf8Paths.text(Path.of("/данные/x"))).hasValue("/данные/x");
  }

  @Test
  void nameThatIsNotUtf8KeepsItsBytes() throws Exception {
    var path = Utf8Paths.resolve(folder, "caf\u00e9".getBytes(ISO_8859_1));
    Files.writeString(path, "coffee");

    try (var listed = Files.list(folder)) {
      var found = listed.findFirst().orElseThrow();
      assertThat(found).hasContent("coffee");
      assertThat(Utf8Paths.text(found)).isEmpty();
      assertThat(Utf8Paths.shown(found.getFileName())).isEqualTo("caf%E9");
    }
  }

  @Test
  void partsThatAreUtf8AreShownAsTheyAre() {
    var mixed = new ByteArrayOutputStream();
    mixed.writeBytes("жук/".getBytes(UTF_8));
    mixed.writeBytes("a\u00e9\u00e8b".getBytes(ISO_8859_1));

    assertThat(Utf8Paths.shown(Utf8Paths.resolve(folder, mixed.toByteArray())))
        .isEqualTo(folder + "/жук/a%E9%E8b");
  }

  @Test
  void whatNoPathCanBeNamedIsRefused() {
    assertThatThrownBy(() -> Utf8Paths.resolve(folder, "а\0"))
        .isInstanceOf(InvalidPathException.class);
    assertThatThrownBy(() -> Utf8Paths.resolve(folder, "а\ud800"))
        .isInstanceOf(InvalidPathException.class);
  }

  /** Java reads the locale once, at its start. */
  @Test
  void localeThatKnowsNoLettersChangesNothing(@TempDir Path programs) throws Exception {
    var command = ChildJvm.commandForAnyLocale(List.of(), Child.class, programs);
    command.add(folder.toString());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    var child = builder.start();

    assertThat(new String(child.getInputStream().readAllBytes(), UTF_8).strip())
        .isEqualTo("found 6 bytes");
    assertThat(folder.resolve("жук")).hasContent("text");
  }

  /** Makes a file, and finds it. */
  static final class Child {
    public static void main(String[] args) throws Exception {
      var folder = Path.of(args[0]);
      Files.writeString(Utf8Paths.resolve(folder, "\u0436\u0443\u043a"), "text");
      try (var listed = Files.list(folder)) {
        var found = listed.findFirst().orElseThrow();
        var text = Utf8Paths.text(found.getFileName()).orElseThrow();
        System.out.println("found " + text.getBytes(UTF_8).length + " bytes");
      }
    }
  }
}
