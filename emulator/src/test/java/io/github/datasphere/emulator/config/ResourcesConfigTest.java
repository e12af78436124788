package io.github.datasphere.emulator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.config.ResourcesConfig.S3Connector;
import io.github.datasphere.emulator.config.reading.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesConfigTest {
  @TempDir
  Path folder;

  @Test
  void defaults() {
    assertThat(Written.in(folder).read().resources())
        .isEqualTo(ResourcesConfig.defaults())
        .isEqualTo(new ResourcesConfig(Map.of(), Map.of(), Map.of()));
  }

  @Test
  void fullMapping() throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));
    var home = Files.createDirectories(folder.resolve("home/bucket"));
    Files.writeString(folder.resolve("key.txt"), "from file\n");
    var yaml = """
        secrets:
          MY-SECRET: 0123
          TOKEN: {env: MY_TOKEN}
          KEY: {file: key.txt}
        datasets: {bt1aaa: data}
        s3-connectors:
          bt1bbb: {path: data}
          bt1ccc: {path: ~/bucket, mode: rw}
        """;
    var written = Written.in(folder).environment(Map.of("MY_TOKEN", "from env")).yaml(yaml);
    assertThat(written.read().resources())
        .isEqualTo(new ResourcesConfig(
            Map.of(
                "MY-SECRET",
                new Secret("0123"),
                "TOKEN",
                new Secret("from env"),
                "KEY",
                new Secret("from file")),
            Map.of("bt1aaa", data),
            Map.of("bt1bbb", new S3Connector(data, false), "bt1ccc", new S3Connector(home, true))));
  }

  @Test
  void rejections() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    var yaml = """
        secrets:
          A: {file: none.txt}
          B: {env: X, file: file}
        datasets: {bt1aaa: file}
        s3-connectors:
          bt1bbb: {mode: rw}
          bt1ccc: {path: ., mode: write}
        """;
    assertThat(Written.in(folder).environment(Map.of("X", "")).yaml(yaml).problems())
        .containsExactly(
            "datasphere-emulator.yaml:2: secrets.A.file: cannot read "
                + folder.resolve("none.txt")
                + ": there is no such file",
            "datasphere-emulator.yaml:3: secrets.B: expected text, {env: NAME} or {file: PATH}",
            "datasphere-emulator.yaml:4: datasets.bt1aaa: "
                + folder.resolve("file")
                + " is not a folder; create it or change the path",
            "datasphere-emulator.yaml:6: s3-connectors.bt1bbb: key \"path\" is missing",
            "datasphere-emulator.yaml:7: s3-connectors.bt1ccc.mode: expected one of ro, rw, found"
                + " \"write\"");
  }

  @Test
  void secretsAreNotPrinted() {
    var config = Written.in(folder).yaml("secrets: {A: hunter2}").read();
    assertThat(config.toString()).doesNotContain("hunter2").contains("[redacted]");
    assertThat(config.resources().secrets().get("A").reveal()).isEqualTo("hunter2");
  }
}
