package io.github.datasphere.emulator.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of images as users write them. */
class ImageNameTest {
  private static final String DIGEST = "sha256:" + "a1".repeat(32);

  @ParameterizedTest
  @CsvSource({
    "ubuntu, docker.io, ubuntu, latest",
    "ubuntu:focal, docker.io, ubuntu, focal",
    "pytorch/pytorch:2.1, docker.io, pytorch/pytorch, 2.1",
    "ghcr.io/a/b/c, ghcr.io, a/b/c, latest",
    "localhost/x:1, localhost, x, 1",
    "localhost:5000/x/y_z:1, localhost:5000, x/y_z, 1",
    "127.0.0.1:5000/x, 127.0.0.1:5000, x, latest",
    "registry:5000/x, registry:5000, x, latest"
  })
  void partsAreFound(String text, String registry, String repository, String version) {
    assertThat(ImageName.parse(text)).contains(new ImageName(registry, repository, version));
  }

  @Test
  void aNameLongerThanAnyIsNone() {
    assertThat(ImageName.parse("a" + ".a".repeat(100_000) + "/x")).isEmpty();
    assertThat(ImageName.parse("a" + "-a".repeat(100_000))).isEmpty();
  }

  @Test
  void digestWinsOverTag() {
    assertThat(ImageName.parse("nvcr.io/a/b:1@" + DIGEST))
        .contains(new ImageName("nvcr.io", "a/b", DIGEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "UPPER",
        "a b",
        "../x",
        "x:y:z",
        "x@sha256:12",
        "http://x/y",
        "-x",
        "x/",
        "/x",
        "x:",
        "x:-tag",
        "a//b"
      })
  void whatNamesNoImageIsRefused(String text) {
    assertThat(ImageName.parse(text)).isEmpty();
  }

  @Test
  void mirrorStandsInForDockerHubAlone() {
    assertThat(ImageName.parse("ubuntu").orElseThrow().from("mirror:5000"))
        .hasToString("mirror:5000/library/ubuntu:latest");
    assertThat(ImageName.parse("ghcr.io/a/b:1").orElseThrow().from("mirror:5000"))
        .hasToString("ghcr.io/a/b:1");
  }

  @Test
  void nameIsWrittenAsDockerWritesIt() {
    assertThat(ImageName.parse("a/b@" + DIGEST).orElseThrow()).hasToString("a/b@" + DIGEST);
  }
}
