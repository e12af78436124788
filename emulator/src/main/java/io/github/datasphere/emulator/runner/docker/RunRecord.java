package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has to outlive the emulator for a run to be adopted; on this machine, where no job sees it.
 *
 * @param token of the command
 * @param earlier tokens of what the supervisor ran before it
 */
record RunRecord(String container, Token token, List<Token> earlier, PlanNames names) {
  private static final String VARIABLE = "variable.";
  private static final String DATASET = "dataset.";

  RunRecord {
    earlier = List.copyOf(earlier);
  }

  void save(Path folder, JobId job) throws IOException {
    var properties = new Properties();
    properties.setProperty("container", container);
    properties.setProperty("token", token.text());
    properties.setProperty(
        "earlier", earlier.stream().map(Token::text).collect(Collectors.joining(" ")));
    properties.setProperty("venv", names.venv());
    names.variables().forEach((name, file) -> properties.setProperty(VARIABLE + name, file));
    names.datasets().forEach((name, id) -> properties.setProperty(DATASET + name, id));
    Files.createDirectories(folder);
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var fresh = Files.createTempFile(folder, "run", ".new", owner);
    try (var out = Files.newBufferedWriter(fresh)) {
      properties.store(out, "What the emulator has to know to adopt this job");
    }
    Files.move(fresh, file(folder, job), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Empty if the command has not begun. */
  static Optional<RunRecord> read(Path folder, JobId job) throws IOException {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(file(folder, job))) {
      properties.load(in);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return Optional.of(new RunRecord(
        properties.getProperty("container", ""),
        new Token(properties.getProperty("token", "")),
        Stream.of(properties.getProperty("earlier", "").split(" "))
            .filter(text -> !text.isEmpty())
            .map(Token::new)
            .toList(),
        new PlanNames(
            part(properties, VARIABLE),
            part(properties, DATASET),
            properties.getProperty("venv", ""))));
  }

  static void delete(Path folder, JobId job) throws IOException {
    Files.deleteIfExists(file(folder, job));
  }

  private static Path file(Path folder, JobId job) {
    return folder.resolve(job.value() + ".properties");
  }

  private static Map<String, String> part(Properties properties, String prefix) {
    var part = new LinkedHashMap<String, String>();
    for (var name : properties.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        part.put(name.substring(prefix.length()), properties.getProperty(name));
      }
    }
    return part;
  }
}
