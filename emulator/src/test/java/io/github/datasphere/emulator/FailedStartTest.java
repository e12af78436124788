package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails for a class that is missing says so and leaves nothing. */
class FailedStartTest {
  /** One of each stage of a start. */
  private static final List<String> MISSING = List.of(
      "io.github.datasphere.emulator.time.SystemScheduler",
      "io.github.datasphere.emulator.engine.commands.JobCommandProcessor",
      "io.github.datasphere.emulator.grpc.ProjectGrpcService",
      "io.github.datasphere.emulator.http.HttpRoutes",
      "io.grpc.netty.",
      "io.github.datasphere.emulator.gateway.tls.TlsPort",
      "io.github.datasphere.emulator.gateway.proxy.ConnectProxy");

  @TempDir
  Path folder;

  @Test
  void nothingIsLeftOfAStartThatLacksAClass() throws Exception {
    var output = folder.resolve("output");
    var temporary = Files.createDirectory(folder.resolve("tmp"));
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Djava.io.tmpdir=" + temporary,
        "-Djava.net.preferIPv4Stack=true",
        "-cp",
        classPath(),
        FailedStarts.class.getName()));
    command.addAll(MISSING);
    var child =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    child.environment().keySet().removeIf(name -> name.startsWith("DOCKER_"));
    assertThat(child.start().waitFor()).as(Files.readString(output)).isZero();

    var told = new LinkedHashMap<String, String>();
    var left = new LinkedHashMap<String, String>();
    for (var line : Files.readAllLines(output)) {
      var words = line.split(" ", 3);
      if (MISSING.contains(words[0])) {
        (words[1].equals("told") ? told : left).put(words[0], words[2]);
      }
    }
    assertThat(Files.readString(output)).contains("all told nothing");
    assertThat(told.keySet()).containsExactlyElementsOf(MISSING);
    assertThat(told.values()).allMatch(text -> text.contains("EmulatorException"));
    assertThat(left).allSatisfy((missing, rest) -> assertThat(rest).as(missing).isEqualTo("[]"));
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
        + File.pathSeparator;
  }
}
