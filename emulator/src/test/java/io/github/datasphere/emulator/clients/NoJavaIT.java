package io.github.datasphere.emulator.clients;

import static io.github.datasphere.emulator.clients.OtherPrograms.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wheel on a machine that has neither a Java nor, once it is installed, a network. */
class NoJavaIT {
  private final String name = "datasphere-emulator-no-java-" + UUID.randomUUID();

  @TempDir
  Path folder;

  @AfterEach
  void removeTheContainer() throws Exception {
    new OtherPrograms(folder).tryTo("docker", "rm", "--force", "--volumes", name);
  }

  @Test
  void theWheelWithItsOwnJavaRunsTheClientsJob() throws Exception {
    var image = required("docker", "DATASPHERE_EMULATOR_TEST_IMAGE");
    var wheels = required("wheels", "DATASPHERE_EMULATOR_TEST_WHEELS");
    var client = OfficialCli.bin(OfficialCli.NEWEST).getParent();
    assumeTrue(
        Files.isDirectory(client.resolve("lib/python3.11")),
        "the official client here is for another Python than the image's");
    var programs = new OtherPrograms(folder);
    var build = Checkout.LAUNCHER_FOLDER.resolveSibling("packaging/python/build");
    programs.run("python3", build, "--into", Files.createDirectory(folder.resolve("dist")));
    writeSteps();

    // No network from the very first: what is installed is there
    var ended = programs.run(
        "docker",
        "run",
        "--rm",
        "--name",
        name,
        "--network",
        "none",
        "-v",
        wheels + ":/wheels:ro",
        "-v",
        client + ":/client:ro",
        "-v",
        folder + ":/work",
        image,
        "bash",
        "/work/steps.sh");

    assertThat(ended).contains("job completed successfully");
    assertThat(folder.resolve("answer.txt")).hasContent("42");
  }

  private void writeSteps() throws IOException {
    Files.writeString(folder.resolve("config.yaml"), """
        name: answer
        cmd: echo $((6 * 7)) > answer.txt
        outputs: [answer.txt]
        """);
    Files.writeString(folder.resolve("steps.sh"), """
        set -eu
        ! command -v java
        [ -z "$(find / -xdev -name 'libjvm*' -print -quit)" ]
        python3 -m venv /venv
        /venv/bin/pip install --quiet --disable-pip-version-check --no-index --no-cache-dir --pre \\
          --find-links /wheels --find-links /work/dist 'datasphere-emulator[java]'
        echo /client/lib/python3.11/site-packages >/venv/lib/python3.11/site-packages/client.pth
        printf '#!/bin/sh\\nexec /venv/bin/python /client/bin/datasphere "$@"\\n' >/venv/bin/datasphere
        chmod +x /venv/bin/datasphere
        PATH=/venv/bin:$PATH
        cd /work
        datasphere-emulator exec --offline -- datasphere project job execute -p bt1anyproject0000000 -c config.yaml
        """);
  }
}
