package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * What the next emulator has to know to adopt a run, in a file that only the user can read.
 *
 * @param facts facts of the sandbox by name
 */
public record SavedRun(Map<String, String> facts, PlanNames names) {
  private static final String FACT = "place.";
  private static final String VARIABLE = "variable.";
  private static final String DATASET = "dataset.";
  private static final String VENV = "venv";

  /** Larger than any such file; there is a limit because a job can write the file. */
  private static final int LARGEST = 4 << 20;

  public SavedRun {
    facts = Map.copyOf(facts);
  }

  /** Returns the fact of this name; empty if there is none. */
  public String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  /** Saves the file whole or not at all. */
  public void save(Path file) throws IOException {
    var properties = new Properties();
    facts.forEach((name, value) -> properties.setProperty(FACT + name, value));
    properties.setProperty(VENV, names.venv());
    names.variables().forEach((name, path) -> properties.setProperty(VARIABLE + name, path));
    names.datasets().forEach((name, id) -> properties.setProperty(DATASET + name, id));
    var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root is no file");
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var fresh = OwnerOnly.createDirectories(folder).resolve(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, owner);
    try (var out = Files.newBufferedWriter(fresh)) {
      properties.store(out, "What the emulator has to know to adopt this job");
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Reads the file; empty if nothing was saved, or if the file is not one that was saved here. */
  public static Optional<SavedRun> read(Path file) throws IOException {
    var text = SmallFile.read(file, LARGEST);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var properties = new Properties();
    try {
      properties.load(new StringReader(text.get()));
    } catch (IllegalArgumentException e) {
      throw new IOException("the file " + file + " is not as the emulator wrote it", e);
    }
    var names = new PlanNames(
        part(properties, VARIABLE), part(properties, DATASET), properties.getProperty(VENV, ""));
    return Optional.of(new SavedRun(part(properties, FACT), names));
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
