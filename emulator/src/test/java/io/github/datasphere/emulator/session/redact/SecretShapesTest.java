package io.github.datasphere.emulator.session.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SecretShapesTest {
  private final SecretShapes shapes = new SecretShapes(List.of());

  /** To read it once for each of its letters would take days. */
  @Test
  void aWordOfMegabytesIsReadOnce() {
    var word = "x".repeat(4 << 20);
    var found = new TreeMap<String, String>();
    shapes.find(word + " of first.last+tag@mail.example.org, " + word, found::put);

    assertThat(found).containsOnly(Map.entry("account", "first.last+tag@mail.example.org"));
  }
}
