package io.github.datasphere.emulator.job.validation;

import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The names that stand for something in the command (service-behaviour 2.17, 4.7). */
final class NameRules {
  /** The pattern has the official client's sloppy {@code A-z}. */
  private static final Pattern VAR = Pattern.compile("[0-9a-zA-z\\-_]{1,50}");

  private static final Pattern RESOURCE_ID = Pattern.compile("[0-9a-z]{20}");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(.+?)}");
  private static final Pattern LINE_END = Pattern.compile("[\n\r\u0085\u2028\u2029]");
  private static final String PROJECT_HOME = "DS_PROJECT_HOME";

  private final Violations at;

  /** Each name with the field that gave it. */
  private final Map<String, String> names = new HashMap<>();

  private NameRules(Violations at) {
    this.at = at;
  }

  static void check(Violations at, JobParameters parameters) {
    var rules = new NameRules(at);
    rules.takeFiles(parameters);
    rules.takeIds("s3_mount_ids", parameters.s3MountIds());
    rules.takeIds("dataset_ids", parameters.datasetIds());
    rules.takeArguments(parameters.arguments());
    rules.takeOutputDatasets(parameters.outputDatasets());
    rules.checkCommand(parameters);
  }

  private void takeFiles(JobParameters parameters) {
    for (int i = 0; i < parameters.inputFiles().size(); i++) {
      takeVar(
          at.at("input_files", i).at("desc").at("var"),
          parameters.inputFiles().get(i).desc());
    }
    for (int i = 0; i < parameters.outputFiles().size(); i++) {
      takeVar(at.at("output_files", i).at("var"), parameters.outputFiles().get(i));
    }
  }

  private void takeVar(Violations field, FileDesc desc) {
    if (desc.hasVar()
        && field.require(
            VAR.matcher(desc.var()).matches(),
            "must be 1 to 50 letters, digits, \"-\" or \"_\": " + Text.quote(desc.var()))) {
      take(field, desc.var());
    }
  }

  private void takeIds(String list, List<String> ids) {
    if (!FileRules.checkCount(at.at(list), ids.size(), Limits.LIST_ENTRIES)) {
      return;
    }
    for (int i = 0; i < ids.size(); i++) {
      var field = at.at(list, i);
      if (field.require(
          RESOURCE_ID.matcher(ids.get(i)).matches(),
          "must be an id of 20 lower-case letters and digits: " + Text.quote(ids.get(i)))) {
        take(field, ids.get(i));
      }
    }
  }

  private void takeArguments(List<Argument> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      var field = at.at("arguments", i);
      if (TextRules.checkGiven(field.at("name"), arguments.get(i).name())) {
        take(field.at("name"), arguments.get(i).name());
      }
      TextRules.check(field.at("value"), arguments.get(i).value());
    }
  }

  private void takeOutputDatasets(List<OutputDatasetDesc> datasets) {
    var datasetNames = new HashSet<String>();
    for (int i = 0; i < datasets.size(); i++) {
      var dataset = datasets.get(i);
      var field = at.at("output_datasets", i);
      if (TextRules.checkGiven(field.at("var"), dataset.var())) {
        take(field.at("var"), dataset.var());
      }
      if (TextRules.checkGiven(field.at("name"), dataset.name())) {
        field
            .at("name")
            .require(
                datasetNames.add(dataset.name()),
                "is used twice among output datasets: " + Text.quote(dataset.name()));
      }
      TextRules.check(field.at("description"), dataset.description());
      dataset
          .labels()
          .forEach((key, value) -> TextRules.check(field.at("labels", key), key + value));
      field
          .at("size_gb")
          .require(
              dataset.sizeGb() >= 1 && dataset.sizeGb() <= Limits.MAX_DATASET_GB,
              "must be 1 to " + Limits.MAX_DATASET_GB + " (GiB): " + dataset.sizeGb());
    }
  }

  private void take(Violations field, String name) {
    if (!field.require(
        !name.equals(PROJECT_HOME), "must not be the reserved name " + PROJECT_HOME)) {
      return;
    }
    var first = names.putIfAbsent(name, field.field());
    field.require(
        first == null,
        "must be unique among variables, ids and arguments: "
            + Text.quote(name)
            + " is also "
            + first);
  }

  private void checkCommand(JobParameters parameters) {
    var cmd = at.at("cmd");
    if (!cmd.require(!parameters.cmd().isBlank(), "must be set: what the job runs")
        || !TextRules.check(cmd, parameters.cmd())) {
      return;
    }
    var used = new LinkedHashSet<String>();
    for (var line : LINE_END.split(parameters.cmd())) {
      // Without what comes after the last brace: each "${" there would be looked for to the end
      var references = REFERENCE.matcher(line).region(0, line.lastIndexOf('}') + 1);
      while (references.find()) {
        used.add(references.group(1));
      }
    }
    used.forEach(name -> checkReference(cmd, name, parameters.attachProjectDisk()));
  }

  private void checkReference(Violations cmd, String name, boolean hasProjectDisk) {
    if (name.equals(PROJECT_HOME)) {
      cmd.require(
          hasProjectDisk,
          "${" + PROJECT_HOME + "} needs attach_project_disk (flag attach-project-disk)");
      return;
    }
    cmd.require(
        names.containsKey(name),
        "refers to "
            + Text.quote("${" + name + "}")
            + ", which is no variable, id or argument of this job");
  }
}
