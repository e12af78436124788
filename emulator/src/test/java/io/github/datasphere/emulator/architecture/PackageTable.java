package io.github.datasphere.emulator.architecture;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who may import whom, of our own packages. A package below a listed one belongs to its part
 * ({@code job.spec} to {@code job}); one below none is in no part, and that is an error. All may
 * use {@code base} and {@code time}, which use none; only {@code job} does not, since
 * ArchitectureTest lets it use Java alone.
 */
final class PackageTable {

  static final String ROOT = "";
  static final String PROTO = "proto";
  /** What all but the domain may use. */
  static final Set<String> LEAVES = Set.of("base", "time");

  private static final Map<String, Part> PARTS = Stream.of(
          part("base"),
          part("time"),
          part("cli", ROOT, "config", "client", "server", "wiring", "session", "record", "check"),
          part("client", PROTO),
          part("config"),
          part("grpc", "grpc.mapping", "engine", "job", "tokens", "testing", PROTO),
          part("grpc.mapping", "engine", "job", "tokens", "testing", PROTO),
          part("http", "engine", "job", "files", "tokens", "testing"),
          part(
              "face",
              "grpc.mapping",
              "engine",
              "job",
              "files",
              "logs",
              "tokens",
              "testing",
              "session",
              "saved",
              PROTO),
          part(
              "saved",
              "grpc.mapping",
              "engine",
              "job",
              "files",
              "logs",
              "testing",
              "session",
              PROTO),
          part("gateway"),
          part("tokens"),
          part("testing", "engine", "job", "session", PROTO),
          part("session", PROTO),
          part("record", "session", "gateway", PROTO),
          part("replay", "session", PROTO),
          part("check", "session", PROTO),
          part("engine", "job", "store", "files", "logs", "runner"),
          part("job"),
          part("store", "job"),
          part("store.memory", "store", "job"),
          part("store.h2", "store", "job"),
          part("files", "job"),
          part("files.local", "files", "job"),
          part("files.memory", "files", "job"),
          part("files.minio", "files", "job"),
          part("logs", "job"),
          part("logs.memory", "logs", "job"),
          part("logs.segment", "logs", "job"),
          part("docker"),
          part("runner", "job", "files", "logs"),
          part("runner.plan", "runner", "job", "files", "logs"),
          part("runner.archive", "runner.plan", "job", "files"),
          part("runner.progress", "job"),
          part(
              "runner.scripted", "runner", "runner.plan", "runner.archive", "job", "files", "logs"),
          part(
              "runner.run",
              "runner",
              "runner.plan",
              "runner.archive",
              "runner.progress",
              "job",
              "files",
              "logs"),
          part(
              "runner.process",
              "runner",
              "runner.plan",
              "runner.archive",
              "runner.progress",
              "runner.run",
              "job",
              "files",
              "logs"),
          part(
              "runner.docker",
              "runner",
              "runner.plan",
              "runner.archive",
              "runner.progress",
              "runner.run",
              "docker",
              "job",
              "files",
              "logs"))
      .collect(toMap(Part::name, Function.identity()));

  /**
   * The parts that put an emulator together, the uppermost first. Each may use those behind it, and
   * all that are not among them.
   */
  private static final List<String> ASSEMBLY =
      List.of(ROOT, "control", "world", "server", "wiring", "datadir");

  /** Who uses an emulator, and so is used by none of its parts. */
  private static final Set<String> USERS = Set.of("cli", "client");

  private PackageTable() {}

  /** The part that a package (relative to the base) belongs to. */
  static Optional<String> partOf(String relativePackage) {
    for (var name = relativePackage; ; name = name.substring(0, name.lastIndexOf('.'))) {
      if (PARTS.containsKey(name) || ASSEMBLY.contains(name)) {
        return Optional.of(name);
      }
      if (name.indexOf('.') < 0) {
        return Optional.empty();
      }
    }
  }

  /** Whether classes of one part may use those of another. */
  static boolean allows(String from, String to) {
    if (from.equals(to) || (LEAVES.contains(to) && !from.equals("base"))) {
      return true;
    }
    var floor = ASSEMBLY.indexOf(from);
    if (floor >= 0) {
      return !USERS.contains(to) && (floor < ASSEMBLY.indexOf(to) || !ASSEMBLY.contains(to));
    }
    return PARTS.get(from).mayImport().contains(to);
  }

  private static Part part(String name, String... mayImport) {
    return new Part(name, Arrays.stream(mayImport).collect(toSet()));
  }

  private record Part(String name, Set<String> mayImport) {}
}
