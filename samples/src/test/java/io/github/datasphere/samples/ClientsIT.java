package io.github.datasphere.samples;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's recipes for SDKs and grpcurl, run as they stand there, with the real clients. */
class ClientsIT {
  @TempDir
  Path folder;

  @Test
  void pythonSdkRunsAJob() throws Exception {
    var client = ClientFolder.copy("python", folder)
        .requiring("yandexcloud", "python -c 'import yandexcloud'");

    JobByClient.assertRuns(client, Recipe.of("python").runs().get(0), folder);
  }

  @Test
  void nodeSdkRunsAJob() throws Exception {
    var client = ClientFolder.copy("node", folder)
        .requiring("node", "node --version && ls node_modules/@yandex-cloud/nodejs-sdk");

    JobByClient.assertRuns(client, Recipe.of("node").runs().get(0), folder);
  }

  @Test
  void goSdkRunsAJob() throws Exception {
    var client = ClientFolder.copy("go", folder).requiring("go", "test -x job");

    JobByClient.assertRuns(client, Recipe.of("go").runs().get(0), folder);
  }

  @Test
  void grpcurlRunsAJob() throws Exception {
    var client = ClientFolder.copy("grpcurl", folder)
        .requiring("grpcurl", "grpcurl -version && jq --version && curl --version");

    JobByClient.assertRuns(client, Recipe.of("grpcurl").runs().get(0), folder);
  }
}
