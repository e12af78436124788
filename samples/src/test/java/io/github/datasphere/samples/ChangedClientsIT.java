package io.github.datasphere.samples;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's other way: no variables, but lines changed in the program. */
class ChangedClientsIT {
  @TempDir
  Path folder;

  @Test
  void pythonSdkTakesAnEndpointAndRoots() throws Exception {
    var client = ClientFolder.copy("python", folder)
        .requiring("yandexcloud", "python -c 'import yandexcloud'");
    var recipe = Recipe.of("python");

    JobByClient.assertRunsChanged(
        client, "job.py", recipe.changes(), recipe.runs().get(0), folder);
  }

  @Test
  void nodeSdkTakesAnEndpointAndRoots() throws Exception {
    var client = ClientFolder.copy("node", folder)
        .requiring("node", "node --version && ls node_modules/@yandex-cloud/nodejs-sdk");
    var recipe = Recipe.of("node");

    JobByClient.assertRunsChanged(
        client, "job.js", recipe.changes(), recipe.runs().get(0), folder);
  }

  @Test
  void goSdkTakesThePlaintextPort() throws Exception {
    var client = ClientFolder.copy("go", folder).requiring("go", "go version");
    var recipe = Recipe.of("go");

    JobByClient.assertRunsChanged(
        client,
        "main.go",
        recipe.changes(),
        "go run . bt1anyproject0000000 ../text.txt upper.txt",
        folder);
  }
}
