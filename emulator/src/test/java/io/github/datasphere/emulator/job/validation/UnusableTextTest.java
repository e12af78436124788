package io.github.datasphere.emulator.job.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A NUL in any text is refused with the name of its field: no shell and no file can carry it. */
class UnusableTextTest {
  private static final String NUL = "a\0b";

  static Stream<Arguments> texts() {
    return Stream.of(
        in("cmd", p -> p.cmd = NUL),
        in("s3_mount_ids[0]", p -> p.s3 = List.of(NUL)),
        in("dataset_ids[0]", p -> p.datasets = List.of(NUL)),
        in("env.vars[\"n\"]", p -> p.vars = Map.of("n", NUL)),
        in("env.docker_image_resource_id", p -> p.image = new DockerImage.Resource(NUL)),
        in("env.docker_image_spec.image_url", p -> p.image = registry(NUL, "", null)),
        in("env.docker_image_spec.username", p -> p.image = registry("i", NUL, null)),
        in(
            "env.docker_image_spec.password_ds_secret_name",
            p -> p.image = registry("i", "u", new DockerImage.Password.Secret(NUL))),
        in(
            "env.docker_image_spec.password_plain_text",
            p -> p.image = registry("i", "u", new DockerImage.Password.Plain(NUL))),
        in("env.python_env.conda_yaml", p -> p.python = python(NUL, List.of(), PIP)),
        in("env.python_env.requirements[0]", p -> p.python = python("", List.of(NUL), PIP)),
        in(
            "env.python_env.pip_options.index_url",
            p ->
                p.python = python("", List.of(), new PipOptions(NUL, List.of(), List.of(), false))),
        in(
            "env.python_env.pip_options.extra_index_urls[0]",
            p -> p.python =
                python("", List.of(), new PipOptions("", List.of(NUL), List.of(), false))),
        in(
            "env.python_env.pip_options.trusted_hosts[0]",
            p -> p.python =
                python("", List.of(), new PipOptions("", List.of(), List.of(NUL), false))),
        in("output_datasets[0].name", p -> dataset(p, NUL, "", Map.of(), "v")),
        in("output_datasets[0].description", p -> dataset(p, "n", NUL, Map.of(), "v")),
        in("output_datasets[0].labels[\"k\"]", p -> dataset(p, "n", "", Map.of("k", NUL), "v")),
        in("output_datasets[0].var", p -> dataset(p, "n", "", Map.of(), NUL)),
        in("spark_parameters.connector_id", p -> p.spark = NUL));
  }

  private static final PipOptions PIP = new PipOptions("", List.of(), List.of(), false);

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void nulIsRefusedWithTheNameOfItsField(String field, Consumer<ParametersBuilder> change) {
    var parameters = new ParametersBuilder();
    change.accept(parameters);

    assertThat(JobValidator.validate(parameters.build(), "p"))
        .extracting(FieldViolation::field)
        .containsExactly("p." + field);
  }

  private static Arguments in(String field, Consumer<ParametersBuilder> change) {
    return Arguments.of(field, change);
  }

  private static DockerImage registry(
      String url, String user, DockerImage.@org.jspecify.annotations.Nullable Password password) {
    return new DockerImage.Registry(url, user, password);
  }

  private static PythonEnv python(String conda, List<String> requirements, PipOptions pip) {
    return new PythonEnv(conda, "3.10", requirements, List.of(), pip);
  }

  private static void dataset(
      ParametersBuilder p,
      String name,
      String description,
      Map<String, String> labels,
      String var) {
    p.outputDatasets = List.of(new OutputDatasetDesc(name, description, labels, 1, var));
  }
}
