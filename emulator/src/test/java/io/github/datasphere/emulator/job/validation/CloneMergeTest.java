package io.github.datasphere.emulator.job.validation;

import static io.github.datasphere.emulator.job.validation.ParametersBuilder.file;
import static io.github.datasphere.emulator.job.validation.ParametersBuilder.input;
import static io.github.datasphere.emulator.job.validation.ParametersBuilder.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.GracefulShutdown;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.job.spec.WorkingStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CloneMergeTest {
  private final List<FieldViolation> violations = new ArrayList<>();

  @Test
  void nothingOverriddenIsTheSource() {
    var source = full().build();

    assertThat(merge(source, nothing().build())).isEqualTo(source);
    assertThat(violations).isEmpty();
  }

  @Test
  void overridesEqualToTheSourceChangeNothing() {
    var source = full().build();

    assertThat(merge(source, source)).isEqualTo(source);
    assertThat(violations).isEmpty();
  }

  @Test
  void filesAreReplacedByVariableElseByPath() {
    var overrides = nothing();
    overrides.inputs = List.of(file("other/data", "DATA", 7), file("plain", "", 8));
    overrides.outputs = List.of(output("other/result", "RESULT"));

    var merged = merge(full().build(), overrides.build());

    assertThat(violations).isEmpty();
    assertThat(merged.inputFiles())
        .containsExactly(file("plain", "", 8), file("other/data", "DATA", 7));
    assertThat(merged.outputFiles())
        .containsExactly(output("result.txt", ""), output("other/result", "RESULT"));
  }

  @Test
  void argumentsAreReplacedByName() {
    var overrides = nothing();
    overrides.arguments.add(new Argument("B", "new"));

    assertThat(merge(full().build(), overrides.build()).arguments())
        .containsExactly(new Argument("A", "1"), new Argument("B", "new"));
  }

  @Test
  void variablesReplaceAllOfTheSource() {
    var overrides = nothing();
    overrides.vars.put("NEW", "x");

    assertThat(merge(full().build(), overrides.build()).env().vars()).isEqualTo(Map.of("NEW", "x"));
  }

  @Test
  void imageStorageAndTypesReplaceIfSet() {
    var overrides = nothing();
    overrides.image = new DockerImage.Registry("ubuntu", "", null);
    overrides.storage = new WorkingStorage(WorkingStorage.Type.SSD, 200);
    overrides.types.add("g1.1");

    var merged = merge(full().build(), overrides.build());

    assertThat(merged.env().image()).isEqualTo(overrides.image);
    assertThat(merged.workingStorage()).isEqualTo(overrides.storage);
    assertThat(merged.instanceTypes()).containsExactly("g1.1");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        bad("input_files[0]", p -> p.inputs.add(input("x", "UNKNOWN"))),
        bad("input_files[0]", p -> p.inputs.add(input("unknown", ""))),
        bad("input_files[0]", p -> p.inputs.add(input("data", ""))),
        bad("output_files[0]", p -> p.outputs.add(output("x", "DATA"))),
        bad("arguments[0].name", p -> p.arguments.add(new Argument("C", "x"))),
        bad("cmd", p -> p.cmd = "false"),
        bad("s3_mount_ids", p -> p.s3.add("bt1gmjd2ufuvbcapesuu")),
        bad("dataset_ids", p -> p.datasets.add("bt1gmjd2ufuvbcapesuu")),
        bad(
            "env.python_env",
            p -> p.python = new PythonEnv("", "3.11", List.of(), List.of(), PipOptions.NONE)),
        bad("attach_project_disk", p -> p.projectDisk = true),
        bad(
            "output_datasets",
            p -> p.outputDatasets.add(new OutputDatasetDesc("x", "", Map.of(), 1, "X"))),
        bad("graceful_shutdown_parameters", p -> p.graceful = new GracefulShutdown(null, 1)),
        bad("spark_parameters", p -> p.spark = "bt1gmjd2ufuvbcapesut"));
  }

  @ParameterizedTest(name = "{0} #{index}")
  @MethodSource("refused")
  void whatCannotBeReplacedIsRefused(String field, Consumer<ParametersBuilder> change) {
    var overrides = nothing();
    change.accept(overrides);

    merge(full().build(), overrides.build());

    assertThat(violations)
        .extracting(FieldViolation::field)
        .containsExactly("job_parameters_overrides." + field);
  }

  private JobParameters merge(JobParameters source, JobParameters overrides) {
    return CloneMerge.merge(source, overrides, violations);
  }

  private static Arguments bad(String field, Consumer<ParametersBuilder> change) {
    return arguments(field, change);
  }

  private static ParametersBuilder nothing() {
    var nothing = new ParametersBuilder();
    nothing.cmd = "";
    nothing.types.clear();
    return nothing;
  }

  private static ParametersBuilder full() {
    var full = new ParametersBuilder();
    full.inputs = List.of(input("plain", ""), input("data", "DATA"));
    full.outputs = List.of(output("result.txt", ""), output("result", "RESULT"));
    full.s3.add("bt1gmjd2ufuvbcapesut");
    full.cmd = "run ${DATA}";
    full.vars.put("OLD", "1");
    full.image = new DockerImage.Resource("system-python-3-10");
    full.python = new PythonEnv("", "3.10", List.of("numpy"), List.of(), PipOptions.NONE);
    full.storage = new WorkingStorage(WorkingStorage.Type.SSD, 100);
    full.arguments = List.of(new Argument("A", "1"), new Argument("B", "2"));
    full.graceful = new GracefulShutdown(null, 2);
    return full;
  }
}
