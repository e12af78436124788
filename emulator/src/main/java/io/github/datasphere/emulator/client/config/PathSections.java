package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.base.PurePath;
import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.client.yaml.YamlNode;
import io.github.datasphere.proto.jobs.FileDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sections whose entries are paths or ids with a variable: inputs, outputs, S3 mounts,
 * datasets.
 *
 * @param inputs in the order of the file
 * @param resources id by variable of each S3 mount and dataset: the service knows the ids alone, so
 *     variables in the command are replaced by them (service-behaviour 2.11)
 * @param declared every declared name in order, with the line; the service cannot see all of them
 */
record PathSections(
    List<InputPath> inputs, Map<String, String> resources, List<Declared> declared) {
  static final String PROJECT_HOME = "DS_PROJECT_HOME";

  /** This is as sloppy as the official client's own pattern (service-behaviour 2.17). */
  private static final Pattern VAR = Pattern.compile("[0-9a-zA-z\\-_]{1,50}");

  private static final Set<String> RESERVED = Set.of(PROJECT_HOME);
  private static final String FORMS = "write `- PATH`, `- PATH: VAR` or `- PATH: {var: VAR}`";

  /** A name that has to be unique in the file. */
  record Declared(String name, String key, int line) {}

  static PathSections read(JobConfigReading reading) {
    var sections = new PathSections(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
    sections.readInputs(reading);
    sections.readOutputs(reading);
    sections.readResources(reading, "s3-mounts", "s3_mount_ids");
    sections.readResources(reading, "datasets", "dataset_ids");
    return sections;
  }

  /** The inputs followed by the main scripts, which the service gets as inputs too. */
  List<InputPath> inputsAnd(List<RootModule> roots, JobConfigReading reading) {
    var all = new ArrayList<InputPath>(inputs);
    for (var root : roots) {
      if (!root.named()) {
        inputs.forEach(input -> checkNotSent(input, root, reading));
        reading.place("input_files[" + all.size() + "]", root.line(), "main script " + root.path());
        all.add(new InputPath(root.path(), "", root.line()));
      }
    }
    return all;
  }

  /** The official client refuses it too, as "Paths must be unique". */
  private static void checkNotSent(InputPath input, RootModule script, JobConfigReading reading) {
    var sent = Utf8Paths.resolve(reading.folder(), script.path()).normalize();
    var path = Utf8Paths.resolve(reading.folder(), input.path()).normalize();
    if (!sent.startsWith(path)) {
      return;
    }
    var what = sent.equals(path) ? "" : ", and `" + input.path() + "` holds it";
    var message = "`" + script.path() + "` is a main script, which is sent by itself" + what
        + ": take it out of the inputs";
    reading.problems().error(input.line(), "inputs", message);
  }

  private void readInputs(JobConfigReading reading) {
    for (var item : reading.list("inputs")) {
      var entry = entry(reading, "inputs", item);
      if (entry != null && reading.canBeSent(entry.path(), entry.line(), "inputs")) {
        reading.place("input_files[" + inputs.size() + "]", entry.line(), "inputs");
        inputs.add(entry);
      }
    }
  }

  private void readOutputs(JobConfigReading reading) {
    var outputs = new LinkedHashMap<String, Integer>();
    for (var item : reading.list("outputs")) {
      var entry = entry(reading, "outputs", item);
      if (entry != null) {
        int index = reading.job().getOutputFilesCount();
        reading.place("output_files[" + index + "]", entry.line(), "outputs");
        reading
            .job()
            .addOutputFiles(FileDesc.newBuilder().setPath(entry.path()).setVar(entry.var()));
        reading.warnOfReference(entry.path(), entry.line(), "outputs");
        outputs.put(PurePath.of(entry.path()).text(), entry.line());
      }
    }
    outputs.keySet().forEach(path -> warnOfArchive(reading, outputs, path));
  }

  /** An output that is a folder arrives as an archive beside it, unless it is unpacked at once. */
  private static void warnOfArchive(
      JobConfigReading reading, Map<String, Integer> outputs, String path) {
    var line = outputs.get(path + ".zip");
    if (line != null) {
      var message = "the official client loses `" + path + ".zip` if `" + path
          + "` is a folder, whose archive it gives that name and removes: choose another name";
      reading.problems().warn(line, "outputs", message);
    }
  }

  private void readResources(JobConfigReading reading, String key, String field) {
    int index = 0;
    for (var item : reading.list(key)) {
      var entry = entry(reading, key, item);
      if (entry == null) {
        continue;
      }
      declared.add(new Declared(entry.path(), key, entry.line()));
      if (!entry.var().isEmpty()) {
        resources.put(entry.var(), entry.path());
      }
      reading.place(field + "[" + index++ + "]", entry.line(), key);
      if (field.equals("dataset_ids")) {
        reading.job().addDatasetIds(entry.path());
      } else {
        reading.job().addS3MountIds(entry.path());
      }
    }
  }

  private @Nullable InputPath entry(JobConfigReading reading, String key, YamlNode item) {
    if (item instanceof YamlNode.Text text) {
      return new InputPath(text.value(), "", text.line());
    }
    var trouble = "is " + item.kind();
    if (item instanceof YamlNode.Mapping mapping) {
      if (mapping.entries().size() == 1) {
        var entry = mapping.entries().entrySet().iterator().next();
        int line = entry.getValue().line();
        var var = variable(entry.getValue().value());
        if (var != null) {
          return checked(reading, key, new InputPath(entry.getKey(), var, line));
        }
        trouble = "`" + entry.getKey() + "` is followed by "
            + entry.getValue().value().kind();
      } else {
        trouble = "has " + mapping.entries().size() + " keys";
      }
    }
    reading.problems().error(item.line(), key, "an entry " + trouble + ": " + FORMS);
    return null;
  }

  private static @Nullable String variable(YamlNode node) {
    if (node instanceof YamlNode.Text text) {
      return text.value();
    }
    return node instanceof YamlNode.Mapping mapping
            && mapping.entries().size() == 1
            && mapping.get("var") instanceof YamlNode.Text text
        ? text.value()
        : null;
  }

  private InputPath checked(JobConfigReading reading, String key, InputPath entry) {
    var var = entry.var();
    declared.add(new Declared(var, key, entry.line()));
    if (RESERVED.contains(var)) {
      reading
          .problems()
          .error(entry.line(), key, "the variable `" + var + "` is reserved, take another name");
    } else if (!var.isEmpty() && !VAR.matcher(var).matches()) {
      var message = "the variable `"
          + var
          + "` should have 1 to 50 characters out of letters, digits, `-` and `_`";
      reading.problems().error(entry.line(), key, message);
    }
    return entry;
  }
}
