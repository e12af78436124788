package io.github.datasphere.emulator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.config.reading.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
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
  void accountsAndTokensForAllAreRead() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var key = generator.generateKeyPair().getPublic();
    var pem = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    Files.writeString(
        folder.resolve("robot.pem"),
        "-----BEGIN PUBLIC KEY-----\n" + pem + "\n-----END PUBLIC KEY-----\n");
    var yaml = """
        open: true
        tokens:
          all: admin
          metadata: {env: MACHINE}
          service-accounts:
            ajerobot: {key: {file: robot.pem}, projects: bt1aaa}
        """;

    var access = Written.in(folder)
        .environment(Map.of("MACHINE", "machine"))
        .yaml(yaml)
        .read()
        .access();

    assertThat(access.all()).containsExactly(new Secret("admin"));
    assertThat(access.metadata()).hasValue(new Secret("machine"));
    assertThat(access.accounts())
        .isEqualTo(Map.of("ajerobot", new AccountConfig(key, List.of("bt1aaa"))));
    assertThat(access.open()).isTrue();
    assertThat(access.isClosed()).isTrue();
  }

  @Test
  void aKeyThatIsNoneIsToldWithoutItsText() {
    var yaml = """
        tokens:
          service-accounts:
            ajerobot: {key: s3cret}
        """;
    assertThat(Written.in(folder).yaml(yaml).problems())
        .singleElement()
        .asString()
        .startsWith("datasphere-emulator.yaml:3: tokens.service-accounts.ajerobot.key: expected an"
            + " RSA public key")
        .doesNotContain("s3cret");
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
