package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.client.yaml.YamlNode;
import io.github.datasphere.proto.jobs.Argument;
import io.github.datasphere.proto.jobs.OutputDatasetDesc;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;

/** The sections {@code args} and {@code output-datasets}: names that the command refers to. */
final class ArgumentSections {
  private static final List<String> DATASET_KEYS =
      List.of("name", "description", "labels", "size", "var");

  private ArgumentSections() {}

  static void read(JobConfigReading reading) {
    readArguments(reading);
    readOutputDatasets(reading);
  }

  private static void readArguments(JobConfigReading reading) {
    var args = reading.mapping("args", "args: {NAME: VALUE}");
    if (args == null) {
      return;
    }
    for (var name : args.entries().keySet()) {
      int index = reading.job().getArgumentsCount();
      reading.place("arguments[" + index + "]", args.lineOf(name), "args");
      reading
          .job()
          .addArguments(
              Argument.newBuilder().setName(name).setValue(reading.text(args, "args", name, "")));
    }
  }

  private static void readOutputDatasets(JobConfigReading reading) {
    var names = new HashSet<String>();
    for (var item : reading.list("output-datasets")) {
      if (!(item instanceof YamlNode.Mapping dataset)) {
        reading
            .problems()
            .error(
                item.line(),
                "output-datasets",
                "an entry should be a mapping, but is " + item.kind());
        continue;
      }
      reading.problems().warnUnknownKeys(dataset, "output-datasets", DATASET_KEYS);
      var desc = dataset(reading, dataset);
      if (!desc.getName().isEmpty() && !names.add(desc.getName())) {
        String message =
            "there is another output dataset `" + desc.getName() + "`, names are unique";
        reading.problems().error(dataset.lineOf("name"), "output-datasets", message);
      }
      int index = reading.job().getOutputDatasetsCount();
      reading.place("output_datasets[" + index + "]", dataset.line(), "output-datasets");
      reading.job().addOutputDatasets(desc);
    }
  }

  private static OutputDatasetDesc dataset(JobConfigReading reading, YamlNode.Mapping dataset) {
    var desc = OutputDatasetDesc.newBuilder()
        .setName(required(reading, dataset, "name"))
        .setDescription(reading.text(dataset, "output-datasets", "description", ""))
        .setVar(required(reading, dataset, "var"));
    size(reading, dataset).ifPresent(desc::setSizeGb);
    var labels = dataset.get("labels");
    if (labels instanceof YamlNode.Mapping mapping) {
      for (var label : mapping.entries().keySet()) {
        desc.putLabels(label, reading.text(mapping, "output-datasets.labels", label, ""));
      }
    } else if (labels != null) {
      var message = "should be a mapping, but is " + labels.kind();
      reading.problems().error(dataset.lineOf("labels"), "output-datasets.labels", message);
    }
    return desc.build();
  }

  /** Rounded down, as the official client does (service-behaviour 2.16). */
  private static OptionalLong size(JobConfigReading reading, YamlNode.Mapping dataset) {
    var text = required(reading, dataset, "size");
    var bytes = ClientSizes.parse(text);
    if (bytes.isEmpty() && !text.isEmpty()) {
      reading
          .problems()
          .error(dataset.lineOf("size"), "output-datasets.size", ClientSizes.explain(text));
    }
    return bytes.isEmpty() ? bytes : OptionalLong.of(bytes.getAsLong() / ClientSizes.GIB);
  }

  private static String required(JobConfigReading reading, YamlNode.Mapping dataset, String key) {
    if (dataset.get(key) == null) {
      reading
          .problems()
          .error(dataset.line(), "output-datasets", "an output dataset needs `" + key + "`");
    }
    return reading.text(dataset, "output-datasets", key, "");
  }
}
