package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.config.Capacity;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.Fit;
import io.github.datasphere.emulator.config.MissingOutputs;
import io.github.datasphere.emulator.config.ProjectsConfig;
import io.github.datasphere.emulator.config.ResourcesConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.WhenFull;
import io.github.datasphere.emulator.config.reading.ByteSize;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.engine.EngineSettings;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.job.capacity.Demand;
import io.github.datasphere.emulator.job.capacity.InstanceTypes;
import io.github.datasphere.emulator.job.capacity.Resources;
import io.github.datasphere.emulator.job.capacity.Sizing;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobLimits;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.tokens.ServiceAccount;
import io.github.datasphere.emulator.tokens.TokenRules;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Translates the configuration into the settings of each part. */
public final class PartSettings {
  private static final int ANY_NUMBER = Budget.UNLIMITED.jobs();

  private PartSettings() {}

  public static EngineSettings engine(EmulatorConfig config, SelectedRunner runner) {
    var known = ConfiguredTypes.of(config.jobs().sizing());
    var types = runner.isLimited() || refusesLargeTypes(config)
        ? known.offeredIf(type -> sizing(config, known, runner).of(type).isPresent())
        : known;
    var budget = budget(config.jobs().sizing().capacity(), runner);
    return new EngineSettings(
        types,
        config.projects().strict(),
        config.jobs().missingOutputs() == MissingOutputs.SUCCESS,
        config.storage().urls().upload(),
        config.storage().urls().download(),
        budget,
        quota(config.jobs().sizing().capacity()),
        budget.isUnlimited() ? job -> Demand.NONE : demands(config, types, runner));
  }

  /**
   * Processes have no limits, but an instance type that `types` shows as refused is refused here
   * too.
   */
  private static boolean refusesLargeTypes(EmulatorConfig config) {
    return config.jobs().sizing().fit() == Fit.STRICT
        && config.jobs().runner() != RunnerKind.SCRIPTED;
  }

  public static TokenRules tokens(EmulatorConfig config) {
    var access = config.access();
    return new TokenRules(
        revealed(access.accepted()),
        revealed(access.oauth()),
        mapValues(access.projects(), PartSettings::revealed),
        revealed(access.all()),
        access.metadata().map(Secret::reveal),
        mapValues(
            access.accounts(),
            account -> new ServiceAccount(account.key(), Set.copyOf(account.projects()))));
  }

  static Durability durability(EmulatorConfig config, Workspace workspace) {
    if (workspace.isTemporary()) {
      return Durability.LEASED;
    }
    return config.jobs().stopAtClose() ? Durability.ENDED_AT_CLOSE : Durability.LEFT_AT_CLOSE;
  }

  static JobResources resources(EmulatorConfig config, Workspace workspace) {
    var resources = config.resources();
    return new JobResources(
        secrets(resources),
        new JobResources.Folders(
            resources.datasets(),
            mapValues(
                resources.s3Connectors(),
                s3 -> new JobResources.S3Folder(s3.path(), s3.writable())),
            projectDisks(config.projects()),
            workspace.folder("project-disks"),
            workspace.folder("datasets"),
            workspace.folder("pip-cache")),
        null,
        Map.of(),
        JobLimits.STANDARD);
  }

  private static Map<String, Path> projectDisks(ProjectsConfig projects) {
    var disks = new HashMap<String, Path>();
    projects
        .known()
        .forEach((id, project) -> project.disk().ifPresent(disk -> disks.put(id, disk)));
    return disks;
  }

  public static Map<String, String> secrets(ResourcesConfig resources) {
    return mapValues(resources.secrets(), Secret::reveal);
  }

  public static int quota(Capacity capacity) {
    return capacity.full() == WhenFull.REFUSE
        ? capacity.jobs().getAsInt()
        : EngineSettings.NO_QUOTA;
  }

  /** If each job is limited, all jobs together are limited to the resources of the machines. */
  private static Budget budget(Capacity capacity, SelectedRunner runner) {
    var cpus = runner.isLimited() ? runner.all().get().cpus() : Double.MAX_VALUE;
    var memory = runner.isLimited() ? runner.all().get().memoryBytes() : Long.MAX_VALUE;
    return new Budget(
        capacity.full() == WhenFull.QUEUE ? capacity.jobs().orElse(ANY_NUMBER) : ANY_NUMBER,
        capacity.cpus().isPresent() ? capacity.cpus().getAsInt() : cpus,
        capacity.memory().map(size -> size.bytes()).orElse(memory));
  }

  private static Function<Job, Demand> demands(
      EmulatorConfig config, InstanceTypes types, SelectedRunner runner) {
    var sizing = ConfiguredTypes.sizing(
        config.jobs().sizing(), types, asIfItHad(config.jobs().sizing().capacity(), runner));
    return job -> demand(types, sizing, job);
  }

  /**
   * For a capacity beyond the machine, jobs count by what they would get on a machine of that size.
   */
  private static Resources asIfItHad(Capacity capacity, SelectedRunner runner) {
    var machine = runner.machine().get();
    return new Resources(
        Math.max(machine.cpus(), capacity.cpus().orElse(0)),
        Math.max(machine.memoryBytes(), capacity.memory().map(ByteSize::bytes).orElse(0L)),
        machine.gpus());
  }

  private static Sizing sizing(EmulatorConfig config, InstanceTypes types, SelectedRunner runner) {
    return ConfiguredTypes.sizing(
        config.jobs().sizing(), types, runner.machine().get());
  }

  private static Demand demand(InstanceTypes types, Sizing sizing, Job job) {
    return types
        .find(job.execution().instanceType())
        .flatMap(sizing::of)
        .map(gets -> new Demand(1, gets.cpus(), gets.memoryBytes()))
        .orElse(new Demand(1, 0, 0));
  }

  private static Set<String> revealed(Collection<Secret> secrets) {
    return secrets.stream().map(Secret::reveal).collect(Collectors.toUnmodifiableSet());
  }

  private static <A, B> Map<String, B> mapValues(Map<String, A> map, Function<A, B> function) {
    return map.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> function.apply(e.getValue())));
  }
}
