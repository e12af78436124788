package io.github.datasphere.emulator.client.config;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.datasphere.emulator.client.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official client takes otherwise than its user may think, told by line and key. */
class OfficialDifferencesTest {
  private static final String MANUAL = """
      cmd: python main.py
      env:
        python:
          type: manual
          version: '3.10'
          local-paths: [main.py]
      """;

  @TempDir
  Path folder;

  private final List<String> told = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"[numpy, pandas]", "numpy"})
  void pipThatIsNoMappingIsIgnoredAndToldWherePackagesBelong(String pip) throws Exception {
    Files.writeString(folder.resolve("main.py"), "");
    Files.writeString(folder.resolve("requirements.txt"), "");

    JobConfig config =
        read(MANUAL + "    requirements-file: requirements.txt\n    pip: " + pip + "\n");

    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("config.yaml:8: env.python.pip: is ignored, by the official client too")
        .contains("`requirements-file`");
    assertThat(config.python()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[no-deps]", "my-index-url"})
  void pipThatStopsTheOfficialClientIsRefused(String pip) throws Exception {
    Files.writeString(folder.resolve("main.py"), "");
    Files.writeString(folder.resolve("requirements.txt"), "");
    String config = MANUAL + "    requirements-file: requirements.txt\n    pip: " + pip + "\n";

    assertThat(refusal(config)).startsWith("config.yaml:8: env.python.pip: should be a mapping");
  }

  @Test
  void manualEnvironmentThatLacksAPartIsToldWhatBelongsToOne() throws Exception {
    Files.writeString(folder.resolve("main.py"), "");
    String config = MANUAL.replace("cmd: python main.py", "cmd: ls");

    assertThat(refusal(config))
        .contains(
            "set `type: manual` with all of `version`, `requirements-file` and `local-paths`");
  }

  @Test
  void archiveNameOfAnOutputFolderIsDoubtful() throws Exception {
    read("cmd: x\noutputs:\n  - results/\n  - ./results.zip\n  - other.zip\n");

    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("config.yaml:4: outputs: the official client loses `results.zip`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"500ms", "1s500ms"})
  void partOfASecondIsDroppedAndTold(String timeout) throws Exception {
    JobConfig config = read("cmd: x\ngraceful-shutdown:\n  timeout: " + timeout + "\n");

    long seconds = timeout.startsWith("1s") ? 1 : 0;
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("config.yaml:3: graceful-shutdown.timeout: only whole seconds count")
        .contains("`" + timeout + "` is " + seconds + "s");
    assertThat(config.parameters().getGracefulShutdownParameters().getTimeout().getSeconds())
        .isEqualTo(seconds);
  }

  @Test
  void foldedLineThatBecomesACommandOfItsOwnIsTold() throws Exception {
    JobConfig config = read("cmd: >\n  python main.py\n    --epochs 3\n");

    assertThat(config.parameters().getCmd()).isEqualTo("python main.py\n  --epochs 3");
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("config.yaml:1: cmd: the line `--epochs 3` is a command of its own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cmd: >\n  python main.py\n  --epochs 3\n",
        "cmd: |\n  python main.py \\\n    --epochs 3\n",
        "cmd: |\n  python -c \"\n  - 3\n  \"\n",
        "cmd: |\n  cat <<E\n  - item\n  E\n"
      })
  void lineThatContinuesAnotherIsFine(String config) throws Exception {
    read(config);

    assertThat(told).isEmpty();
  }

  @Test
  void referencesThatNobodyReplacesAreTold() throws Exception {
    read("""
        cmd: echo ${NAME}
        args: {NAME: a}
        env:
          vars:
            - PLACE: ${NAME}/x
        outputs:
          - ${NAME}.txt
        """);

    assertThat(told)
        .containsExactlyInAnyOrder(
            "config.yaml:5: env.vars: `${NAME}/x` is taken as it stands: `${...}` is replaced in"
                + " `cmd` alone",
            "config.yaml:7: outputs: `${NAME}.txt` is taken as it stands: `${...}` is replaced in"
                + " `cmd` alone");
  }

  @Test
  void listInPlaceOfAMappingIsShownTheRightForm() throws Exception {
    assertThat(refusal("cmd: x\nworking-storage:\n  - type: SSD\n    size: 100GB\n"))
        .isEqualTo("config.yaml:2: working-storage: should be a mapping, but is a list: write"
            + " `working-storage: {type: SSD, size: 100GB}`");
  }

  @Test
  void utf16IsToldAsSuch() throws Exception {
    Files.write(folder.resolve("config.yaml"), "cmd: x\n".getBytes(UTF_16));

    assertThat(failure()).contains("config.yaml: cannot be read: it is UTF-16 text", "as UTF-8");
  }

  @Test
  void requirementsInUtf16AreToldAsSuch() throws Exception {
    Files.writeString(folder.resolve("main.py"), "");
    Files.write(folder.resolve("requirements.txt"), "numpy\n".getBytes(UTF_16));

    assertThat(refusal(MANUAL + "    requirements-file: requirements.txt\n"))
        .contains("config.yaml:7: env.python.requirements-file: cannot read `requirements.txt`")
        .contains("UTF-16");
  }

  @Test
  void byteOrderMarkIsNoPartOfTheConfiguration() throws Exception {
    assertThat(read("\uFEFFcmd: echo\n").parameters().getCmd()).isEqualTo("echo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inputs: [pipe]", "inputs: [pipe: VAR]"})
  void namedPipeIsRefusedAtOnce(String section) throws Exception {
    makePipe();

    assertThat(refusal("cmd: x\n" + section + "\n"))
        .startsWith("config.yaml:2: inputs: pipe is a named pipe, socket or device");
  }

  @Test
  void requirementsFromANamedPipeAreRefusedAtOnce() throws Exception {
    Files.writeString(folder.resolve("main.py"), "");
    makePipe();

    assertThat(refusal(MANUAL + "    requirements-file: pipe\n"))
        .contains("config.yaml:7: env.python.requirements-file: pipe is no file");
  }

  private void makePipe() throws IOException, InterruptedException {
    new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
  }

  private JobConfig read(String config) throws IOException, JobConfigException {
    Files.writeString(folder.resolve("config.yaml"), config);
    return reader().read(this::tell);
  }

  private String refusal(String config) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), config);
    return failure();
  }

  private String failure() {
    return catchThrowableOfType(JobConfigException.class, () -> reader().read(this::tell))
        .getMessage();
  }

  private JobConfigReader reader() {
    return new JobConfigReader(Path.of("config.yaml"), folder, Map.of(), () -> {});
  }

  private void tell(Problem problem) {
    told.add(problem.toString());
  }
}
