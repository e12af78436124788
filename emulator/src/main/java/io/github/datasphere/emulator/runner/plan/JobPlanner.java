package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.plan.python.PythonPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Works out the {@link JobPlan} of a job; does no I/O. */
public final class JobPlanner {
  private final JobResources resources;

  public JobPlanner(JobResources resources) {
    this.resources = resources;
  }

  /**
   * Makes the plan of a job whose files are in {@code layout}.
   *
   * @throws PreparationException if the job asks for something that does not exist, or for a path
   *     that leads out of its directory
   */
  public JobPlan plan(Job job, PlanNames names, SandboxPaths layout) throws PreparationException {
    var parameters = job.parameters();
    var outputs = outputs(parameters, names, layout);
    var datasets = datasets(parameters, names, layout);
    var mounts = new Mounts(resources.folders(), layout).of(job);
    var texts = new JobTexts(resources, layout).of(parameters);
    var values = new CommandValues(names, layout).of(parameters);
    return new JobPlan(
        placements(parameters, names, layout),
        mounts,
        texts,
        datasets.stream().map(DatasetPlan::path).toList(),
        CommandText.subshell(CommandText.substitute(parameters.cmd(), values)),
        new JobVariables(resources, layout).of(parameters),
        PythonPlans.of(parameters, layout.resolve(names.venv())),
        outputs,
        datasets);
  }

  private static List<Placement> placements(
      JobParameters parameters, PlanNames names, SandboxPaths layout) throws PreparationException {
    var placements = new ArrayList<Placement>();
    for (var file : parameters.inputFiles()) {
      var path = locate(file.desc(), names, layout);
      placements.add(
          file.compression() == Compression.ZIP
              ? new Placement.Archive(file, path, Paths.baseName(file.desc().path()))
              : new Placement.Plain(file, checkedFile(path, file.desc(), layout)));
    }
    for (var module : parameters.localModules()) {
      placements.add(new Placement.Archive(module, layout.root(), ""));
    }
    return placements;
  }

  private static String checkedFile(String path, FileDesc desc, SandboxPaths layout)
      throws PreparationException {
    if (path.equals(layout.root())) {
      throw new PreparationException("The path " + desc.path()
          + " of an input is the job's directory itself: give the file a name in it.");
    }
    return path;
  }

  private static List<OutputPlan> outputs(
      JobParameters parameters, PlanNames names, SandboxPaths layout) throws PreparationException {
    var outputs = new ArrayList<OutputPlan>();
    for (var desc : parameters.outputFiles()) {
      outputs.add(new OutputPlan(desc, locate(desc, names, layout)));
    }
    return outputs;
  }

  private static List<DatasetPlan> datasets(
      JobParameters parameters, PlanNames names, SandboxPaths layout) {
    return parameters.outputDatasets().stream()
        .map(desc -> new DatasetPlan(
            desc,
            layout.resolve(named(names.variables(), desc.var())),
            named(names.datasets(), desc.var())))
        .toList();
  }

  private static String locate(FileDesc desc, PlanNames names, SandboxPaths layout)
      throws PreparationException {
    if (desc.hasVar()) {
      return layout.resolve(named(names.variables(), desc.var()));
    }
    var path = Paths.normalize(desc.path())
        .orElseThrow(() -> new PreparationException("The path "
            + desc.path()
            + " leads out of the job's directory: give it a variable or a path"
            + " relative to that directory."));
    return path.isEmpty() ? layout.root() : layout.resolve(path);
  }

  private static String named(Map<String, String> names, String variable) {
    var name = names.get(variable);
    if (name == null) {
      throw new IllegalArgumentException("no name was drawn for variable " + variable);
    }
    return name;
  }
}
