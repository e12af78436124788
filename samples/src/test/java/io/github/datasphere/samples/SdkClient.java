package io.github.datasphere.samples;

import java.io.IOException;
import java.nio.file.Path;

/** The programs of {@code samples/clients}. */
enum SdkClient {
  PYTHON("python", "job.py", "yandexcloud", "python -c 'import yandexcloud'"),
  NODE("node", "job.js", "node", "node --version && ls node_modules/@yandex-cloud/nodejs-sdk"),
  GO("go", "main.go", "go", "go version && test -x job"),
  JAVA("java", "src/main/java/RunJob.java", "java", "ls target/classpath"),
  GRPCURL("grpcurl", "job.sh", "grpcurl", "grpcurl -version && jq --version && curl --version");

  private final String folder;
  private final String program;
  private final String part;
  private final String check;
  private boolean compiled;

  SdkClient(String folder, String program, String part, String check) {
    this.folder = folder;
    this.program = program;
    this.part = part;
    this.check = check;
  }

  /** A copy with all that it needs; the test is skipped if that is not here. */
  ClientFolder ready(Path temporary) throws IOException, InterruptedException {
    if (this == JAVA) {
      compile();
    }
    return ClientFolder.copy(folder, temporary).requiring(part, check);
  }

  /** Its source file. */
  String program() {
    return program;
  }

  Recipe recipe() throws IOException {
    return Recipe.of(folder);
  }

  /**
   * In the folder itself, so that only the first run takes long; Maven must not meet itself there.
   */
  private synchronized void compile() throws IOException, InterruptedException {
    if (!compiled) {
      ClientFolder.inPlace(folder).requiring(part, recipe().preparation().get(0));
      compiled = true;
    }
  }
}
