package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The random names in a plan. A run has to remember them to be adopted or collected after a
 * restart.
 *
 * @param variables file name below the root by variable, such as {@code DATA -> data_7l2}
 *     (service-behaviour 4.2, 4.3)
 * @param datasets ids that datasets of the job will get, by variable (service-behaviour 4.21)
 * @param venv file name of the Python environment (service-behaviour 4.16)
 */
public record PlanNames(Map<String, String> variables, Map<String, String> datasets, String venv) {
  public PlanNames {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
  }

  /** Draws names that collide neither with each other nor with the job's own paths. */
  public static PlanNames choose(JobParameters parameters, IdSource random) {
    var taken = new HashSet<String>();
    plainPaths(parameters).map(PlanNames::firstSegment).forEach(taken::add);
    var names = new LinkedHashMap<String, String>();
    variables(parameters)
        .forEach(name -> names.computeIfAbsent(name, key -> fileName(key, random, taken)));
    var datasets = new LinkedHashMap<String, String>();
    parameters.outputDatasets().forEach(dataset -> datasets.put(dataset.var(), random.next()));
    return new PlanNames(names, datasets, ".job_python_venv_" + random.nextMixedCaseSuffix());
  }

  private static String fileName(String variable, IdSource random, Set<String> taken) {
    var prefix = variable.toLowerCase(Locale.ROOT) + "_";
    Supplier<String> draw = () -> prefix + random.nextSuffix();
    return Stream.generate(draw).filter(taken::add).findFirst().orElseThrow();
  }

  private static Stream<String> variables(JobParameters parameters) {
    return Stream.concat(
        files(parameters).filter(FileDesc::hasVar).map(FileDesc::var),
        parameters.outputDatasets().stream().map(OutputDatasetDesc::var));
  }

  private static Stream<String> plainPaths(JobParameters parameters) {
    return files(parameters).filter(file -> !file.hasVar()).map(FileDesc::path);
  }

  private static Stream<FileDesc> files(JobParameters parameters) {
    return Stream.concat(
        parameters.inputFiles().stream().map(JobFile::desc), parameters.outputFiles().stream());
  }

  private static String firstSegment(String path) {
    return Paths.normalize(path).orElse("").replaceFirst("/.*$", "");
  }
}
