package io.github.datasphere.emulator.cli.doctor;

import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.PullPolicy;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.wiring.DockerProbe;
import io.github.datasphere.emulator.wiring.DockerProbe.Engine;
import io.github.datasphere.emulator.wiring.DockerProbe.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The container engine. */
final class DockerCheck implements Check {
  private static final double GIB = 1L << 30;

  /** An image of PyTorch takes this much. */
  private static final double LITTLE_DISK_GIB = 8;

  private static final double LITTLE_MEMORY_GIB = 2;

  private final Map<String, String> environment;
  private final JobsConfig jobs;
  private final Duration patience;

  DockerCheck(Map<String, String> environment, JobsConfig jobs, Duration patience) {
    this.environment = environment;
    this.jobs = jobs;
    this.patience = patience;
  }

  @Override
  public String subject() {
    return "Docker";
  }

  @Override
  public List<Finding> run() {
    try {
      return findings(DockerProbe.at(environment, jobs.images(), patience));
    } catch (DockerProbe.Unusable e) {
      return List.of(unusable(String.valueOf(e.getMessage()), e.advice()));
    }
  }

  private List<Finding> findings(Engine engine) {
    var findings = new ArrayList<Finding>();
    findings.add(Finding.ok(
        "engine " + engine.version() + ", API " + engine.apiVersion() + ", at " + engine.host()));
    findings.add(machine(engine));
    engine.lacks().forEach(limit -> findings.add(missing(limit)));
    findings.add(disk(engine));
    if (engine.hasGpus()) {
      findings.add(Finding.ok("it can give containers GPUs"));
    } else if (engine.machineGpus() > 0) {
      findings.add(Finding.note(
          "this machine has GPUs (" + engine.machineGpus() + "), which the engine cannot give to"
              + " containers: jobs run without",
          "install the NVIDIA Container Toolkit, then: sudo nvidia-ctk runtime configure && sudo"
              + " systemctl restart docker"));
    }
    engine.loginTroubles().stream()
        // Where the same file should say which engine, the engine's line names it
        .filter(trouble -> !engine.host().contains(trouble))
        .forEach(trouble -> findings.add(Finding.note(
            trouble, "until that is mended, images are pulled without a stored login")));
    findings.add(image(engine));
    engine.refusal().ifPresent(refusal -> findings.add(startsNone(refusal)));
    return findings;
  }

  private static Finding machine(Engine engine) {
    var gib = engine.memoryBytes() / GIB;
    var text =
        String.format(Locale.ROOT, "%d CPUs and %.1f GiB of memory for jobs", engine.cpus(), gib);
    return gib < LITTLE_MEMORY_GIB
        ? Finding.note(text, "give its machine more (Docker Desktop: Settings, Resources)")
        : Finding.ok(text);
  }

  private static Finding missing(Limit limit) {
    return switch (limit) {
      case CPUS ->
        Finding.note(
            "the engine cannot limit CPUs: jobs share those of the machine",
            "use cgroup v2, and for a rootless engine let it have the cpu controller (systemd:"
                + " Delegate=cpu memory pids)");
      case MEMORY ->
        Finding.note(
            "the engine cannot limit memory: a job may take more than its type has",
            "use cgroup v2, or start the kernel with cgroup_enable=memory");
      case SWAP ->
        Finding.note(
            "the engine cannot limit swap: a job that takes too much memory may get slow instead of"
                + " ending",
            "start the kernel with swapaccount=1, or switch swap off");
    };
  }

  private static Finding disk(Engine engine) {
    if (engine.freeBytes().isEmpty()) {
      return Finding.ok("the free space of " + engine.root() + " cannot be read from here");
    }
    var gib = engine.freeBytes().getAsLong() / GIB;
    var text = String.format(
        Locale.ROOT, "%.1f GiB free for images and containers in %s", gib, engine.root());
    return gib < LITTLE_DISK_GIB
        ? Finding.note(text, "free some space (docker system df; docker system prune)")
        : Finding.ok(text);
  }

  private Finding image(Engine engine) {
    if (engine.hasStandardImage()) {
      return Finding.ok("jobs run in " + engine.standardImage() + " unless they say otherwise");
    }
    return jobs.images().pull() == PullPolicy.NEVER
        ? unusable(
            "the image " + engine.standardImage() + " is not there, and may not be pulled",
            "docker pull " + engine.standardImage() + ", or name another as default-image in the"
                + " configuration file")
        : Finding.ok("the image " + engine.standardImage()
            + " is not there: the first job that needs it pulls it");
  }

  /**
   * Reports an engine that starts no container; jobs would still go to it unless the user says
   * otherwise.
   */
  private Finding startsNone(DockerProbe.Unusable refusal) {
    var text = "it starts no container: " + refusal.getMessage();
    var mend = refusal.advice().isEmpty() ? "see the engine's log" : refusal.advice();
    return jobs.runner() == RunnerKind.DOCKER || jobs.runner() == RunnerKind.AUTO
        ? Finding.problem(text, mend + "; --runner process does without it")
        : Finding.note(text, mend);
  }

  private Finding unusable(String text, String mend) {
    return jobs.runner() == RunnerKind.DOCKER
        ? Finding.problem(text, mend)
        : Finding.note(text, mend + (mend.isEmpty() ? "" : "; without it jobs run as processes"));
  }
}
