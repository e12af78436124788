package io.github.datasphere.emulator.job.validation;

import static io.github.datasphere.emulator.job.validation.ParametersBuilder.file;
import static io.github.datasphere.emulator.job.validation.ParametersBuilder.input;
import static io.github.datasphere.emulator.job.validation.ParametersBuilder.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.GracefulShutdown;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.job.spec.WorkingStorage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobValidatorTest {
  private static final String ID = "bt1gmjd2ufuvbcapesut";

  /** What is changed in good parameters, and the one field that is to blame then. */
  static Stream<Arguments> refused() {
    return Stream.of(
            refusedCommandsAndMachines(),
            refusedInputs(),
            refusedOutputsAndArguments(),
            refusedEnvironments())
        .flatMap(Function.identity());
  }

  private static Stream<Arguments> refusedCommandsAndMachines() {
    return Stream.of(
        bad("cmd", p -> p.cmd = ""),
        bad("cmd", p -> p.cmd = " \n"),
        bad("cmd", p -> p.cmd = "a\0b"),
        bad("cmd", p -> p.cmd = "echo ${NOBODY}"),
        bad("cmd", p -> p.cmd = "ls ${DS_PROJECT_HOME}"),
        bad("cloud_instance_types", p -> p.types.clear()),
        bad("cloud_instance_types", p -> p.types.addAll(numbered(100))),
        bad("cloud_instance_types[1].name", p -> p.types.add("")),
        bad("extended_working_storage.size_gb", p -> p.storage = ssd(99)),
        bad("extended_working_storage.size_gb", p -> p.storage = ssd(10_241)),
        bad("extended_working_storage.size_gb", p -> p.storage = ssd(Long.MIN_VALUE)),
        bad("graceful_shutdown_parameters.signal", p -> p.graceful = graceful(0, 9)),
        bad("graceful_shutdown_parameters.signal", p -> p.graceful = graceful(0, -1)),
        bad("graceful_shutdown_parameters.timeout", p -> p.graceful = graceful(-1, 15)),
        bad("graceful_shutdown_parameters.timeout", p -> p.graceful = graceful(2_592_001, 15)),
        bad("spark_parameters.connector_id", p -> p.spark = ""));
  }

  private static Stream<Arguments> refusedInputs() {
    return Stream.of(
        bad("input_files", p -> p.inputs = inputs(101)),
        bad("input_files", p -> p.inputs = inputs(10_000)),
        bad("input_files[0].desc.path", p -> p.inputs.add(input("", ""))),
        bad("input_files[0].desc.path", p -> p.inputs.add(input("", "VAR"))),
        bad("input_files[0].desc.path", p -> p.inputs.add(input("/etc/passwd", ""))),
        bad("input_files[0].desc.path", p -> p.inputs.add(input("a/../../b", ""))),
        bad("input_files[0].desc.path", p -> p.inputs.add(input("a\0b", ""))),
        bad("input_files[0].desc.path", p -> p.inputs.add(input("\ud800", ""))),
        bad("input_files[0].desc.path", p -> p.inputs.add(input("x".repeat(256), ""))),
        bad("input_files[0].desc.path", p -> p.inputs.add(input("x/".repeat(2_001), ""))),
        bad("input_files[1].desc.path", p -> p.inputs = List.of(input("a", ""), input("a", ""))),
        bad("input_files[1].desc.path", p -> p.inputs = List.of(input("a", ""), input("./a", ""))),
        bad("input_files[1].desc.path", p -> p.inputs = List.of(input("a", ""), input("a/b", ""))),
        bad("input_files[0].desc.path", p -> p.inputs = List.of(input("a/b", ""), input("a", "V"))),
        bad("input_files[0].desc.path", p -> p.inputs.add(input(".", ""))),
        bad("input_files[0].desc.path", p -> p.inputs.add(input("./", ""))),
        bad("input_files[0].desc.var", p -> p.inputs.add(input("a", "x".repeat(51)))),
        bad("input_files[0].desc.var", p -> p.inputs.add(input("a", "Ж"))),
        bad("input_files[0].desc.var", p -> p.inputs.add(input("a", "DS_PROJECT_HOME"))),
        bad("input_files[1].desc.var", p -> p.inputs = List.of(input("a", "A"), input("b", "A"))),
        bad("input_files[0].sha256", p -> p.inputs.add(withDigest(""))),
        bad("input_files[0].sha256", p -> p.inputs.add(withDigest("A".repeat(64)))),
        bad("input_files[0].sha256", p -> p.inputs.add(withDigest("a".repeat(63)))),
        bad("input_files[0].size_bytes", p -> p.inputs.add(file("a", "", -1))),
        bad("input_files[0].size_bytes", p -> p.inputs.add(file("a", "", Limits.FILE_BYTES + 1))),
        bad("input_files[0].size_bytes", p -> p.inputs.add(withSize(JobFile.EMPTY_SHA256, 1))),
        bad("input_files[0].size_bytes", p -> p.inputs.add(withSize("a".repeat(64), 0))),
        bad("input_files", p -> p.inputs = bigInputs(10L << 30, 1)));
  }

  private static Stream<Arguments> refusedOutputsAndArguments() {
    return Stream.of(
        bad("output_files", p -> p.outputs = outputs(101)),
        bad("output_files[0].path", p -> p.outputs.add(output("", ""))),
        bad("output_files[0].path", p -> p.outputs.add(output("/tmp/x", ""))),
        bad("output_files[0].path", p -> p.outputs.add(output("../x", ""))),
        bad("output_files[1].path", p -> p.outputs = List.of(output("a", ""), output("a/b", "V"))),
        bad("output_files[0].var", p -> p.outputs.add(output("a", "a b"))),
        bad("output_files[0].var", p -> {
          p.inputs.add(input("a", "A"));
          p.outputs.add(output("b", "A"));
        }),
        // Ids
        bad("s3_mount_ids", p -> p.s3 = numbered(101)),
        bad("s3_mount_ids[0]", p -> p.s3.add("bucket")),
        bad("dataset_ids", p -> p.datasets = numbered(101)),
        bad("dataset_ids[0]", p -> p.datasets.add(ID.toUpperCase(java.util.Locale.ROOT))),
        bad("dataset_ids[0]", p -> {
          p.s3.add(ID);
          p.datasets.add(ID);
        }),
        // Arguments
        bad("arguments[0].name", p -> p.arguments.add(new Argument("", "x"))),
        bad("arguments[0].value", p -> p.arguments.add(new Argument("A", "x\0"))),
        bad(
            "arguments[1].name",
            p -> p.arguments = List.of(new Argument("A", "1"), new Argument("A", "2"))),
        // Output datasets
        bad("output_datasets[0].name", p -> p.outputDatasets.add(dataset("", 1, "V"))),
        bad("output_datasets[0].var", p -> p.outputDatasets.add(dataset("n", 1, ""))),
        bad("output_datasets[0].size_gb", p -> p.outputDatasets.add(dataset("n", 0, "V"))),
        bad("output_datasets[0].size_gb", p -> p.outputDatasets.add(dataset("n", 4_097, "V"))),
        bad(
            "output_datasets[1].name",
            p -> p.outputDatasets = List.of(dataset("n", 1, "V"), dataset("n", 1, "W"))));
  }

  private static Stream<Arguments> refusedEnvironments() {
    return Stream.of(
        bad("env.vars[\"\"]", p -> p.vars.put("", "x")),
        bad("env.vars[\"A=B\"]", p -> p.vars.put("A=B", "x")),
        bad("env.vars[\"A\"]", p -> p.vars.put("A", "\0")),
        bad("env.docker_image_resource_id", p -> p.image = new DockerImage.Resource("")),
        bad(
            "env.docker_image_spec.image_url",
            p -> p.image = new DockerImage.Registry("", "", null)),
        bad(
            "env.docker_image_spec.password_ds_secret_name",
            p -> p.image = new DockerImage.Registry("u", "", new DockerImage.Password.Secret(""))),
        bad(
            "env.docker_image_spec.password_plain_text",
            p -> p.image = new DockerImage.Registry("u", "", new DockerImage.Password.Plain("\0"))),
        bad("env", p -> {
          p.spark = ID;
          p.image = new DockerImage.Resource("system-python-3-10");
        }),
        bad("env.python_env.python_version", p -> p.python = python("3.10; rm -rf /", List.of())),
        bad("env.python_env.local_modules", p -> p.python = python("3.10", inputs(1_001))),
        bad("env.python_env.local_modules", p -> p.python = python("3.10", inputs(10_000))),
        bad(
            "env.python_env.local_modules[0].sha256",
            p -> p.python = python("3.10", List.of(withDigest("x")))));
  }

  /** What is just about allowed. */
  static Stream<Arguments> accepted() {
    return Stream.of(
        good("nothing but the command", p -> {}),
        good("as many inputs as may be", p -> p.inputs = inputs(100)),
        good("as many outputs as may be", p -> p.outputs = outputs(100)),
        good("a large file", p -> p.inputs.add(file("a", "", Limits.FILE_BYTES))),
        good("two large files", p -> p.inputs = bigInputs(10L << 30, 0)),
        good("an empty file", p -> p.inputs.add(file("a", "", 0))),
        good("a long name", p -> p.inputs.add(input("x".repeat(255), ""))),
        good("a long path", p -> p.inputs.add(input("x/".repeat(2_000), ""))),
        good("dots within a name", p -> p.inputs.add(input("a..b", ""))),
        good("an absolute input with a variable", p -> p.inputs.add(input("/data", "DATA"))),
        good("an outer input with a variable", p -> p.inputs.add(input("../data", "DATA"))),
        good("an absolute output with a variable", p -> p.outputs.add(output("/tmp/x", "X"))),
        good(
            "neighbours with a common prefix",
            p -> p.inputs =
                List.of(input("a", ""), input("ab", ""), input("b/c", ""), input("b/d", ""))),
        good(
            "an absolute path beside its relative twin",
            p -> p.inputs = List.of(input("a", ""), input("/a", "A"))),
        good("an input that is an output too", p -> {
          p.inputs.add(input("a", ""));
          p.outputs.add(output("a", ""));
        }),
        good("a long variable", p -> p.inputs.add(input("a", "x".repeat(50)))),
        good(
            "a variable that only the client's sloppy pattern admits",
            p -> p.inputs.add(input("a", "a-b_[\\]^`"))),
        good(
            "local modules of any path",
            p -> p.python = python("3.10", List.of(input("/tmp/x/../y", "_LOCAL_MODULE_0")))),
        good(
            "an old client's conda file",
            p -> p.python = new PythonEnv("name: x", "", List.of(), List.of(), PipOptions.NONE)),
        good("every kind of reference", JobValidatorTest::referToEverything),
        good("a variable of the shell", p -> p.cmd = "echo $HOME $(pwd)"),
        good("small and large storage", p -> p.storage = ssd(100)),
        good("large storage", p -> p.storage = ssd(10_240)),
        good("open signal and timeout", p -> p.graceful = new GracefulShutdown(null, 0)),
        good("a month of grace", p -> p.graceful = graceful(2_592_000, 12)),
        good("Spark on the default image", p -> p.spark = ID));
  }

  @ParameterizedTest(name = "{0} #{index}")
  @MethodSource("refused")
  void namesTheFieldToBlame(String field, Consumer<ParametersBuilder> change) {
    assertThat(violations(change))
        .extracting(FieldViolation::field)
        .containsExactly("job_parameters." + field);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void acceptsWhatIsAllowed(String name, Consumer<ParametersBuilder> change) {
    assertThat(violations(change)).isEmpty();
  }

  @Test
  void findsEveryViolationAtOnce() {
    var found = violations(p -> {
      p.cmd = "";
      p.types.clear();
      p.inputs.add(input("/a", ""));
    });

    assertThat(found).hasSize(3);
  }

  @Test
  void messageShowsNoMoreThanTheBeginningOfALongValue() {
    var found = violations(p -> p.inputs.add(input("/" + "x".repeat(200), "")));

    assertThat(found.get(0).message()).hasSizeLessThan(200).contains("/xxx");
  }

  @Test
  void sumOfSizesDoesNotOverflow() {
    var found = violations(p -> p.inputs =
        IntStream.range(0, 4).mapToObj(i -> file("f" + i, "", Long.MAX_VALUE)).toList());

    assertThat(found).extracting(FieldViolation::field).contains("job_parameters.input_files");
  }

  @Test
  void parametersHaveToFitIntoOneAnswer() {
    var fits = "x".repeat((int) Limits.JOB_BYTES - 100);

    assertThat(violations(p -> p.cmd = fits)).isEmpty();
    assertThat(violations(p -> p.cmd = fits + "x".repeat(100)))
        .extracting(FieldViolation::field)
        .containsExactly("job_parameters");
  }

  @Test
  void outputsWeighMoreSinceTheyComeBackSeveralTimes() {
    assertThat(violations(p -> p.outputs = longOutputs(100, 3_900)))
        .extracting(FieldViolation::message)
        .isEmpty();
    assertThat(violations(p -> {
          p.outputs = longOutputs(100, 3_900);
          p.cmd = "x".repeat(1 << 20);
        }))
        .extracting(FieldViolation::field)
        .containsExactly("job_parameters");
  }

  @Test
  void configurationHasToFitBesideTheParameters() {
    var parameters = new ParametersBuilder();
    parameters.cmd = "x".repeat(2 << 20);
    var half = "x".repeat(1 << 19);

    assertThat(JobValidator.validateTexts("n", "d", half, parameters.build())).isEmpty();
    assertThat(JobValidator.validateTexts("n", "d", half + half, parameters.build()))
        .extracting(FieldViolation::field)
        .containsExactly("config");
  }

  @ParameterizedTest
  @CsvSource({"1000,10000,0", "1001,10000,1", "1000,10001,1"})
  void nameAndDescriptionHaveALimit(int name, int desc, int violations) {
    var found = JobValidator.validateTexts(
        "x".repeat(name), "x".repeat(desc), "", new ParametersBuilder().build());

    assertThat(found).hasSize(violations);
  }

  @ParameterizedTest
  @ValueSource(longs = {86_400, 1_209_600, 3_153_600_000L})
  void dataMayLiveFromADayToACentury(long seconds) {
    assertThat(JobValidator.validateTtl(Duration.ofSeconds(seconds), "ttl")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {86_399, 0, -1, 3_153_600_001L, Long.MAX_VALUE, Long.MIN_VALUE})
  void otherTimesToLiveAreRefused(long seconds) {
    assertThat(JobValidator.validateTtl(Duration.ofSeconds(seconds), "ttl"))
        .extracting(FieldViolation::field)
        .containsExactly("ttl");
  }

  @Test
  void dataMayLiveForEver() {
    assertThat(JobValidator.validateTtl(null, "ttl")).isEmpty();
  }

  private static void referToEverything(ParametersBuilder p) {
    p.inputs.add(input("a", "IN"));
    p.outputs.add(output("b", "OUT"));
    p.s3.add(ID);
    p.datasets.add(ID.replace('b', 'c'));
    p.arguments.add(new Argument("a name with blanks", "x"));
    p.outputDatasets.add(dataset("n", 1, "DS"));
    p.projectDisk = true;
    p.cmd = "${IN} ${OUT} ${%s} ${%s} ${a name with blanks} ${DS} ${DS_PROJECT_HOME}"
        .formatted(ID, ID.replace('b', 'c'));
  }

  private static Arguments bad(String field, Consumer<ParametersBuilder> change) {
    return arguments(field, change);
  }

  private static Arguments good(String name, Consumer<ParametersBuilder> change) {
    return arguments(name, change);
  }

  private static List<FieldViolation> violations(Consumer<ParametersBuilder> change) {
    var parameters = new ParametersBuilder();
    change.accept(parameters);
    return JobValidator.validate(parameters.build(), "job_parameters");
  }

  private static List<JobFile> inputs(int count) {
    return IntStream.range(0, count).mapToObj(i -> input("f" + i, "")).toList();
  }

  private static List<JobFile> bigInputs(long total, long more) {
    return List.of(file("a", "", total / 2), file("b", "", total / 2), file("c", "", more));
  }

  private static List<FileDesc> outputs(int count) {
    return IntStream.range(0, count).mapToObj(i -> output("f" + i, "")).toList();
  }

  private static List<FileDesc> longOutputs(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(i -> output("%03d/".formatted(i) + "x/".repeat(length / 2), ""))
        .toList();
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj("%020d"::formatted).toList();
  }

  private static JobFile withDigest(String digest) {
    return withSize(digest, 1);
  }

  private static JobFile withSize(String digest, long size) {
    return new JobFile(new FileDesc("a", ""), digest, size, Compression.NONE);
  }

  private static OutputDatasetDesc dataset(String name, long size, String var) {
    return new OutputDatasetDesc(name, "", Map.of("k", "v"), size, var);
  }

  private static PythonEnv python(String version, List<JobFile> modules) {
    return new PythonEnv("", version, List.of("numpy"), modules, PipOptions.NONE);
  }

  private static WorkingStorage ssd(long size) {
    return new WorkingStorage(WorkingStorage.Type.SSD, size);
  }

  private static GracefulShutdown graceful(long seconds, int signal) {
    return new GracefulShutdown(Duration.ofSeconds(seconds), signal);
  }
}
