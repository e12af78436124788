package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipes of docs/sdks.md, run as they stand there, with the real clients. */
class ClientsIT {
  private static final String STRAY = "export no_proxy=.yandex.net NO_PROXY=.yandex.net\n";

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource
  void runsAJobByVariablesOrFlagsAlone(SdkClient client) throws Exception {
    var program = client.ready(folder);

    JobByClient.assertRuns(program, client.recipe().runs().get(0));
  }

  @ParameterizedTest
  @EnumSource(names = {"PYTHON", "NODE", "GO"})
  void aProxyExclusionOfTheUserDoesNotLeadAway(SdkClient client) throws Exception {
    var program = client.ready(folder);

    JobByClient.assertRuns(program, STRAY + client.recipe().runs().get(0));
  }

  @Test
  void javaRunsAJobByAChannelOfItsOwn() throws Exception {
    var program = SdkClient.JAVA.ready(folder);

    JobByClient.assertRuns(program, SdkClient.JAVA.recipe().runs().get(1));
  }

  @ParameterizedTest
  @CsvSource({
    "PYTHON, python job.py",
    "NODE, node job.js",
    "GO, 'go build -o failing .; ./failing'",
    "JAVA, EMULATOR=$DATASPHERE_EMULATOR_GRPC java -cp $(cat target/classpath) src/main/java/RunJob.java",
    "GRPCURL, bash job.sh",
  })
  void aProgramThatFailsGivesItsExitCode(SdkClient client, String command) throws Exception {
    var program = client.ready(folder);
    program.replace(
        client.program(), "tr a-z A-Z < ${TEXT} | tee ${UPPER}", "echo no memory >&2; exit 3");

    var result = JobByClient.run(
        program, settings(client) + command + " bt1anyproject0000000 ../text.txt upper.txt");

    assertThat(result.code()).as("%s", result).isEqualTo(3);
    if (client != SdkClient.GRPCURL) {
      assertThat(result.err()).contains("no memory\n");
    }
  }

  @Test
  void grpcurlShowsWhichFieldIsWrong() throws Exception {
    var program = SdkClient.GRPCURL.ready(folder);

    var result = JobByClient.run(
        program,
        "grpcurl -plaintext -H 'authorization: Bearer x' -d '{\"project_id\": \"p\"}'"
            + " $DATASPHERE_EMULATOR_GRPC yandex.cloud.datasphere.v2.jobs.ProjectJobService/Create");

    assertThat(result.code()).as("%s", result).isNotZero();
    assertThat(result.err()).contains("\"field\": \"job_parameters.cmd\"");
  }

  @ParameterizedTest
  @CsvSource({"PYTHON, python job.py", "NODE, node job.js", "GO, go run ."})
  void runsAJobWithTheChangedLinesAlone(SdkClient client, String command) throws Exception {
    var program = client.ready(folder);
    var changes = client.recipe().changes();

    JobByClient.assertRunsChanged(
        program,
        client.program(),
        changes,
        command + " bt1anyproject0000000 ../text.txt upper.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "PYTHON, Python, ''",
    "NODE, Node, ''",
    "GO, Go, ' SSL_CERT_FILE=\\S+'",
    "JAVA, Java, '-Djavax.net.ssl.trustStore\\S+'",
  })
  void withoutTheCertificateItSaysWhatTheReadmeSays(SdkClient client, String name, String setting)
      throws Exception {
    var program = client.ready(folder);
    var recipe = "unset GRPC_DEFAULT_SSL_ROOTS_FILE_PATH\n"
        + client.recipe().runs().get(0).replaceAll(setting, "");

    var result = JobByClient.run(program, recipe);

    assertThat(result.code()).as("%s", result).isNotZero();
    assertThat(result.err()).contains(Recipe.messageOf(name));
  }

  /** The lines of its recipe that set variables. */
  private static String settings(SdkClient client) throws IOException {
    return client
        .recipe()
        .runs()
        .get(0)
        .lines()
        .filter(line -> line.startsWith("export "))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
