package io.github.datasphere.emulator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessConfigTest {
  @TempDir
  Path folder;

  @Test
  void defaults() {
    assertThat(Written.in(folder).read().access())
        .isEqualTo(AccessConfig.defaults())
        .isEqualTo(new AccessConfig(List.of(), List.of(), Map.of()));
  }

  @Test
  void fullMapping() {
    var yaml = """
        tokens:
          accepted: [one, {env: TWO}]
          oauth: y0_x
          projects:
            bt1aaa: one
            bt1bbb: [one, two]
        """;
    var one = new Secret("one");
    var two = new Secret("two");
    assertThat(Written.in(folder)
            .environment(Map.of("TWO", "two"))
            .yaml(yaml)
            .read()
            .access())
        .isEqualTo(new AccessConfig(
            List.of(one, two),
            List.of(new Secret("y0_x")),
            Map.of("bt1aaa", List.of(one), "bt1bbb", List.of(one, two))));
  }

  @Test
  void rejections() {
    var yaml = """
        tokens:
          accepted:
            - {env: NOT_SET}
          oauth: {from: x}
          projects: all
          accept: []
        """;
    assertThat(Written.in(folder).yaml(yaml).problems())
        .containsExactly(
            "datasphere-emulator.yaml:3: tokens.accepted[0].env: environment variable NOT_SET is"
                + " not set",
            "datasphere-emulator.yaml:4: tokens.oauth: expected text, {env: NAME} or {file: PATH}",
            "datasphere-emulator.yaml:5: tokens.projects: expected keys with values, found \"all\"",
            "datasphere-emulator.yaml:6: unknown key \"tokens.accept\"; did you mean"
                + " \"accepted\"?");
  }
}
