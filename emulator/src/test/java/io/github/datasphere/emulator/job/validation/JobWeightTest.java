package io.github.datasphere.emulator.job.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text counts as often as answers hold it, and so does every file. */
class JobWeightTest {
  private static final int LONGER = 1_000;

  static Stream<Arguments> texts() {
    return Stream.of(
        text("cmd", 1, (p, t) -> p.cmd = t),
        text("S3 mount", 1, (p, t) -> p.s3 = List.of(t)),
        text("dataset", 1, (p, t) -> p.datasets = List.of(t)),
        text("instance type", 1, (p, t) -> p.types = List.of(t)),
        text("Spark connector", 1, (p, t) -> p.spark = t),
        text("path of an input", 1, (p, t) -> p.inputs = List.of(ParametersBuilder.input(t, "v"))),
        text("var of an input", 1, (p, t) -> p.inputs = List.of(ParametersBuilder.input("p", t))),
        text("path of an output", 7, (p, t) -> p.outputs = List.of(new FileDesc(t, "v"))),
        text("var of an output", 7, (p, t) -> p.outputs = List.of(new FileDesc("p", t))),
        text("argument's name", 1, (p, t) -> p.arguments = List.of(new Argument(t, "v"))),
        text("argument's value", 1, (p, t) -> p.arguments = List.of(new Argument("n", t))),
        text("variable's name", 1, (p, t) -> p.vars = Map.of(t, "v")),
        text("variable's value", 1, (p, t) -> p.vars = Map.of("n", t)),
        text("output dataset's name", 3, (p, t) -> dataset(p, t, "", Map.of(), "")),
        text("output dataset's description", 3, (p, t) -> dataset(p, "", t, Map.of(), "")),
        text("output dataset's label", 3, (p, t) -> dataset(p, "", "", Map.of(t, "v"), "")),
        text("output dataset's label value", 3, (p, t) -> dataset(p, "", "", Map.of("k", t), "")),
        text("output dataset's var", 3, (p, t) -> dataset(p, "", "", Map.of(), t)),
        text("conda", 1, (p, t) -> python(p, t, "", List.of(), "", List.of(), List.of())),
        text("Python version", 1, (p, t) -> python(p, "", t, List.of(), "", List.of(), List.of())),
        text("requirement", 1, (p, t) -> python(p, "", "", List.of(t), "", List.of(), List.of())),
        text("index", 1, (p, t) -> python(p, "", "", List.of(), t, List.of(), List.of())),
        text("extra index", 1, (p, t) -> python(p, "", "", List.of(), "", List.of(t), List.of())),
        text("trusted host", 1, (p, t) -> python(p, "", "", List.of(), "", List.of(), List.of(t))),
        text("image of the cloud", 1, (p, t) -> p.image = new DockerImage.Resource(t)),
        text("image", 1, (p, t) -> p.image = new DockerImage.Registry(t, "", null)),
        text("user of the registry", 1, (p, t) -> p.image = new DockerImage.Registry("", t, null)),
        text(
            "secret",
            1,
            (p, t) ->
                p.image = new DockerImage.Registry("", "", new DockerImage.Password.Secret(t))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void textWeighsAsOftenAsItComesBack(
      String name, int times, BiConsumer<ParametersBuilder, String> set) {
    assertThat(weight(set, "x".repeat(LONGER + 1)) - weight(set, "x"))
        .isEqualTo((long) times * LONGER);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void textWeighsMoreThanItsBytes(
      String name, int times, BiConsumer<ParametersBuilder, String> set) {
    assertThat(weight(set, "x".repeat(LONGER))).isGreaterThan((long) times * LONGER);
  }

  @Test
  void textWeighsWhatItTakesInUtf8() {
    assertThat(JobWeight.text("жж") - JobWeight.text("")).isEqualTo(4);
  }

  @Test
  void everyFileWeighsAsMuchAsItsUrl() {
    assertThat(weight((p, t) -> p.inputs = List.of(ParametersBuilder.input(t, t)), "") - empty())
        .isGreaterThan(1_024);
    assertThat(weight((p, t) -> p.outputs = List.of(new FileDesc(t, t)), "") - empty())
        .isGreaterThan(1_024);
  }

  private static long empty() {
    return weight((p, t) -> {}, "");
  }

  private static long weight(BiConsumer<ParametersBuilder, String> set, String text) {
    var parameters = new ParametersBuilder();
    set.accept(parameters, text);
    return JobWeight.of(parameters.build());
  }

  private static Arguments text(String name, int times, BiConsumer<ParametersBuilder, String> set) {
    return Arguments.of(name, times, set);
  }

  private static void dataset(
      ParametersBuilder p,
      String name,
      String description,
      Map<String, String> labels,
      String var) {
    p.outputDatasets = List.of(new OutputDatasetDesc(name, description, labels, 1, var));
  }

  private static void python(
      ParametersBuilder p,
      String conda,
      String version,
      List<String> requirements,
      String index,
      List<String> extra,
      List<String> trusted) {
    p.python = new PythonEnv(
        conda, version, requirements, List.of(), new PipOptions(index, extra, trusted, false));
  }
}
