package io.github.datasphere.emulator.client.config;

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

/**
 * What a user reads about a job file; that it means the same as to the official client is an IT.
 */
class JobConfigReaderTest {
  @TempDir
  Path folder;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void everyViolationIsToldWithItsLineAndKey() throws Exception {
    String config = """
        name: [x]
        inputs:
          - missing.txt
          - gone.txt: A
        outputs:
          - a: 'not.good'
        graceful-shutdown:
          signal: SIGKILL
          timeout: soon
        working-storage: {size: 1GB}
        """;

    assertThat(problems(config))
        .containsExactlyInAnyOrder(
            "config.yaml:1: name: should be text, but is a list",
            "config.yaml:3: inputs: no such path: missing.txt (looked in " + folder + ")",
            "config.yaml:4: inputs: no such path: gone.txt (looked in " + folder + ")",
            "config.yaml:6: outputs: the variable `not.good` should have 1 to 50 characters out of"
                + " letters, digits, `-` and `_`",
            "config.yaml:8: graceful-shutdown.signal: `SIGKILL` should be one of SIGHUP, SIGINT,"
                + " SIGTERM, SIGUSR1, SIGUSR2",
            "config.yaml:10: working-storage.size: should be at least 100GB, but is 1GB",
            "config.yaml:1: cmd: is missing: say what the job runs, `cmd: python main.py`");
  }

  @Test
  void nameOfAnImageAsPlainTextIsSentAsAnIdAndTheFormThatIsMeantIsShown() throws Exception {
    var config = read("cmd: x\nenv: {docker: 'trainer:1'}");

    assertThat(config.parameters().getEnv().getDockerImageResourceId()).isEqualTo("trainer:1");
    assertThat(warnings)
        .containsExactly(
            "config.yaml:2: env.docker: `trainer:1` as plain text is the id of an image"
                + " of the project; the image of that name is `docker: {image: \"trainer:1\"}`");
  }

  @Test
  void idOfAnImageIsNotWarnedOf() throws Exception {
    read("cmd: x\nenv: {docker: bt10gr4c1b081bidoses}");
    assertThat(warnings).isEmpty();
  }

  @Test
  void nameThatIsTakenIsToldWithBothLines() throws Exception {
    String config = """
        cmd: x
        args:
          DATA: 1
        datasets:
          - bt12tlsc3nkt2opg2h61: DATA
        """;

    assertThat(problems(config))
        .containsExactly(
            "config.yaml:3: args: `DATA` is already taken at config.yaml:5, names are unique");
  }

  @Test
  void brokenYamlIsToldWithItsLine() throws Exception {
    assertThat(problems("cmd: x\nargs: {a: 1\nname: y\n"))
        .singleElement()
        .asString()
        .startsWith("config.yaml:3: this is no YAML: while parsing a flow mapping");
  }

  @Test
  void anchorThatContainsItselfIsRefused() throws Exception {
    assertThat(problems("cmd: x\nargs: &a\n  b: *a\n"))
        .singleElement()
        .asString()
        .contains("contains itself");
  }

  @Test
  void fileThatIsMissingIsNamed() {
    assertThat(failure("no.yaml").getMessage())
        .isEqualTo("no.yaml: no such file; give the path of a job configuration in YAML");
  }

  @Test
  void fileThatIsNoTextIsRefused() throws Exception {
    Files.write(folder.resolve("config.yaml"), new byte[] {'c', (byte) 0xFF});

    assertThat(failure("config.yaml").getMessage()).contains("not UTF-8");
  }

  @Test
  void unknownKeyIsIgnoredWithTheNearestKnownOne() throws Exception {
    read("cmd: x\noutput: [a]\nenv:\n  phyton: auto\n  zzz: 1\n");

    assertThat(warnings)
        .containsExactly(
            "config.yaml:2: unknown key `output` is ignored, did you mean `outputs`?",
            "config.yaml:4: env: unknown key `phyton` is ignored, did you mean `python`?",
            "config.yaml:5: env: unknown key `zzz` is ignored; known keys: vars, docker, python");
  }

  @Test
  void keyThatIsThereTwiceIsDoubtful() throws Exception {
    JobConfig config = read("cmd: x\ncmd: y\n");

    assertThat(config.parameters().getCmd()).isEqualTo("y");
    assertThat(warnings)
        .containsExactly("config.yaml:2: cmd: the key is there twice, this one counts");
  }

  @Test
  void passwordInPlainTextNeverShows() throws Exception {
    String config = "cmd: x\nenv: {docker: {image: i, password: hunter2}}";

    assertThat(problems(config))
        .singleElement()
        .asString()
        .contains("config.yaml:2: env.docker.password:")
        .doesNotContain("hunter2");
  }

  @Test
  void requirementsAreCheckedLineByLine() throws Exception {
    Files.writeString(folder.resolve("req.txt"), "good==1.0\n\nbad # comment\n-r other.txt\n");
    Files.createDirectory(folder.resolve("pkg"));
    String config = """
        cmd: python main.py
        env:
          python:
            type: manual
            version: 3.10
            requirements-file: req.txt
            local-paths: [pkg]
        """;

    assertThat(problems(config))
        .containsExactly(
            "config.yaml:6: env.python.requirements-file: req.txt:3: `bad # comment` is refused:"
                + " the service takes no comments",
            "config.yaml:6: env.python.requirements-file: req.txt:4: `-r other.txt` is no"
                + " requirement such as `name[extra]==1.0`");
  }

  @Test
  void fieldOfTheRequestLeadsBackToItsLine() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "");
    FieldPlaces fields =
        read("cmd: x\ninputs:\n- a.txt\nenv:\n  vars: [A: b]\nflags: [attach-project-disk]\n")
            .fields();

    assertThat(fields.find("job_parameters.input_files[0].desc.path"))
        .contains(new FieldPlaces.Place(3, "inputs"));
    assertThat(fields.find("job_parameters.env.vars[A]"))
        .contains(new FieldPlaces.Place(5, "env.vars"));
    assertThat(fields.find("job_parameters.attach_project_disk"))
        .contains(new FieldPlaces.Place(6, "flags"));
    assertThat(fields.find("job_parameters.cmd")).contains(new FieldPlaces.Place(1, "cmd"));
    assertThat(fields.find("project_id")).isEmpty();
  }

  @Test
  void lineEndsOfAnotherSystemAreSentAsPlainOnes() throws Exception {
    assertThat(read("cmd: x\r\nname: y\r").text()).isEqualTo("cmd: x\nname: y\n");
  }

  @Test
  void pathsStartInTheWorkingDirectory() throws Exception {
    Path sample = Files.createDirectory(folder.resolve("sample"));
    Files.writeString(sample.resolve("data.txt"), "");
    Files.writeString(folder.resolve("data.txt"), "");

    assertThat(read("sample/config.yaml", "cmd: x\ninputs: [data.txt]").folder())
        .isEqualTo(folder);
    assertThat(warnings).isEmpty();
  }

  @Test
  void pathsStartBesideTheConfigurationIfOnlyThereTheyLeadSomewhere() throws Exception {
    Path sample = Files.createDirectory(folder.resolve("sample"));
    Files.writeString(sample.resolve("data.txt"), "");

    assertThat(read("sample/config.yaml", "cmd: x\ninputs: [data.txt]").folder())
        .isEqualTo(sample);
    assertThat(warnings).singleElement().asString().contains("paths are taken from " + sample);
  }

  @Test
  void aMainScriptAmongTheInputsIsSaidToBeSentByItself() throws Exception {
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(folder.resolve("src/main.py"), "");

    assertThat(
            problems(
                "cmd: python src/main.py\nenv: {python: auto}\ninputs:\n- ./src/main.py: CODE\n- src\n"))
        .containsExactly(
            "config.yaml:4: inputs: `src/main.py` is a main script, which is sent by itself: take"
                + " it out of the inputs",
            "config.yaml:5: inputs: `src/main.py` is a main script, which is sent by itself, and"
                + " `src` holds it: take it out of the inputs");
  }

  private List<String> problems(String config) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), config);
    return failure("config.yaml").problems().stream().map(Problem::toString).toList();
  }

  private JobConfigException failure(String file) {
    return catchThrowableOfType(
        JobConfigException.class, () -> reader(file).read(this::keepWarning));
  }

  private JobConfig read(String config) throws IOException, JobConfigException {
    return read("config.yaml", config);
  }

  private JobConfig read(String file, String config) throws IOException, JobConfigException {
    Files.writeString(folder.resolve(file), config);
    return reader(file).read(this::keepWarning);
  }

  private JobConfigReader reader(String file) {
    return new JobConfigReader(Path.of(file), folder, Map.of(), () -> {});
  }

  private void keepWarning(Problem problem) {
    warnings.add(problem.toString());
  }
}
