package io.github.datasphere.emulator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.config.ProjectsConfig.KnownProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsConfigTest {
  @TempDir
  Path folder;

  @Test
  void defaults() {
    assertThat(Written.in(folder).read().projects())
        .isEqualTo(ProjectsConfig.defaults())
        .isEqualTo(new ProjectsConfig(Map.of(), false));
  }

  @Test
  void fullMapping() throws IOException {
    var disk = Files.createDirectory(folder.resolve("disk"));
    var yaml = """
        projects:
          bt1aaa: {name: Учебный, community: bt1ccc, disk: disk}
          bt1bbb: {}
        strict-projects: true
        """;
    assertThat(Written.in(folder).yaml(yaml).read().projects())
        .isEqualTo(new ProjectsConfig(
            Map.of(
                "bt1aaa",
                new KnownProject(Optional.of("Учебный"), Optional.of("bt1ccc"), Optional.of(disk)),
                "bt1bbb",
                new KnownProject(Optional.empty(), Optional.empty(), Optional.empty())),
            true));
  }

  @Test
  void rejections() {
    var yaml = """
        projects:
          bt1aaa: {nmae: x, disk: nowhere}
        strict-projects: {}
        """;
    assertThat(Written.in(folder).yaml(yaml).problems())
        .containsExactly(
            "datasphere-emulator.yaml:2: projects.bt1aaa.disk: folder "
                + folder.resolve("nowhere")
                + " does not exist; create it or change the path",
            "datasphere-emulator.yaml:2: unknown key \"projects.bt1aaa.nmae\"; did you mean"
                + " \"name\"?",
            "datasphere-emulator.yaml:3: strict-projects: expected text, found keys with values");
  }
}
