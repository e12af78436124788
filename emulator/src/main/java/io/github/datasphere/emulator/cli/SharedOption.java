package io.github.datasphere.emulator.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that several commands have. Each option is also a variable and a key of the
 * configuration file, so its value is read there, not here.
 */
enum SharedOption {
  RUNNER(
      Section.JOBS,
      "KIND",
      "what runs jobs: auto, docker, swarm, process or scripted",
      "auto",
      "docker",
      "process",
      "scripted"),
  FIT(
      Section.JOBS,
      "HOW",
      "what types larger than this machine get: clamp, scale or strict (refuse)",
      "clamp",
      "scale",
      "strict"),
  DEFAULT_IMAGE(Section.JOBS, "IMAGE", "image of jobs that name none"),
  PULL(
      Section.JOBS,
      "WHEN",
      "when images are pulled: missing, always or never",
      "missing",
      "always",
      "never"),
  REGISTRY_MIRROR(Section.JOBS, "HOST", "pull images of Docker Hub from here"),
  MISSING_OUTPUTS(
      Section.JOBS,
      "STATUS",
      "a job that left an output out ends in error or success",
      "error",
      "success"),
  SEED(Section.JOBS, "NUMBER", "fix the random parts of paths in jobs"),
  DATA_DIR(Section.DATA, "FOLDER", "where jobs and files are kept"),
  STORAGE(Section.DATA, "KIND", "what keeps files: local or minio", "local", "minio"),
  STRICT_PROJECTS(Section.DATA, "", "only projects of the configuration file exist"),
  STOP_JOBS(Section.DATA, "", "end running jobs too when the server ends"),
  GRPC_PORT(Section.NETWORK, "PORT", "plaintext gRPC; 0 for a free port"),
  HTTP_PORT(Section.NETWORK, "PORT", "file URLs and health"),
  TLS_PORT(Section.NETWORK, "PORT", "gRPC over TLS"),
  PROXY_PORT(Section.NETWORK, "PORT", "CONNECT proxy to the TLS port"),
  BIND(Section.NETWORK, "ADDRESS", "listen here instead of at loopback"),
  ADVERTISE(Section.NETWORK, "HOST", "the name that URLs and certificates give"),
  OPEN(Section.NETWORK, "", "let others in without a token, where --bind lets them reach it"),
  OFFLINE(Section.NETWORK, "", "let nothing out through the proxy; answer version checks here"),
  CONFIG(Section.GENERAL, "FILE", "file of settings; default: datasphere-emulator.yaml, if there"),
  LOG_LEVEL(
      Section.GENERAL,
      "LEVEL",
      "how much is told: error, warn, info, debug or trace",
      "error",
      "warn",
      "info",
      "debug",
      "trace");

  private enum Section {
    JOBS("%nJobs:%n"),
    DATA("%nData:%n"),
    NETWORK("%nNetwork:%n"),
    GENERAL("%nGeneral:%n");

    private final String heading;

    Section(String heading) {
      this.heading = heading;
    }
  }

  private final Section section;
  private final String label;
  private final String description;
  private final List<String> candidates;

  SharedOption(Section section, String label, String description, String... candidates) {
    this.section = section;
    this.label = label;
    this.description = description;
    this.candidates = List.of(candidates);
  }

  /** Gives these options to a command. */
  static void addTo(CommandSpec command, Collection<SharedOption> options) {
    var order = 0;
    for (var section : Section.values()) {
      var group = ArgGroupSpec.builder()
          .exclusive(false)
          .validate(false)
          .multiplicity("0..1")
          .order(order)
          .heading(section.heading);
      var members = options.stream().filter(option -> option.section == section).toList();
      members.forEach(option -> group.addArg(option.spec()));
      order++;
      if (!members.isEmpty()) {
        command.addArgGroup(group.build());
      }
    }
  }

  /** Returns what was given on the command line, in the form that the configuration reads. */
  static Map<String, String> given(CommandSpec command) {
    var flags = new LinkedHashMap<String, String>();
    for (var option : values()) {
      var spec = command.findOption(option.flag());
      var value = spec == null ? null : spec.getValue();
      if (value != null) {
        flags.put(option.key(), value.toString());
      }
    }
    return flags;
  }

  private OptionSpec spec() {
    var builder = OptionSpec.builder(flag()).description(description);
    if (label.isEmpty()) {
      return builder.type(Boolean.class).arity("0").build();
    }
    if (!candidates.isEmpty()) {
      builder.completionCandidates(candidates);
    }
    return builder.type(String.class).arity("1").paramLabel(label).build();
  }

  private String flag() {
    return "--" + key();
  }

  private String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
