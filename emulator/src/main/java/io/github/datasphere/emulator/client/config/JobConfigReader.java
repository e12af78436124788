package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.client.yaml.Problem;
import io.github.datasphere.emulator.client.yaml.Problems;
import io.github.datasphere.emulator.client.yaml.YamlNode;
import io.github.datasphere.emulator.client.yaml.YamlReader;
import io.github.datasphere.proto.jobs.JobParameters;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads a job configuration file as the official client does (service-behaviour 2.10 to 2.17). */
public final class JobConfigReader {
  private static final List<String> KEYS = List.of(
      "name",
      "desc",
      "cmd",
      "args",
      "inputs",
      "outputs",
      "s3-mounts",
      "datasets",
      "output-datasets",
      "env",
      "cloud-instance-type",
      "cloud-instance-types",
      "working-storage",
      "graceful-shutdown",
      "spark",
      "flags");

  private static final List<String> LISTS = List.of("inputs", "outputs", "s3-mounts", "datasets");
  private static final int MAX_ENTRIES = 100;

  private final Path file;
  private final Path workingDirectory;
  private final Map<String, String> environment;
  private final Runnable check;
  private final Problems problems;

  /**
   * A reader for one file.
   *
   * @param workingDirectory where a relative {@code file} and the paths in it start, but see
   *     {@link BaseFolder}
   * @param environment variables that {@code env.vars} may copy, and the {@code PATH} to find the
   *     command's program on
   * @param check called now and then while the file, which may be a pipe, lets wait for it; ends
   *     the wait by an exception
   */
  public JobConfigReader(
      Path file, Path workingDirectory, Map<String, String> environment, Runnable check) {
    this.file = file;
    this.workingDirectory = workingDirectory;
    this.environment = environment;
    this.check = check;
    this.problems = new Problems(file.toString());
  }

  /**
   * Reads and checks the file.
   *
   * @param warnings takes what is doubtful, before the method ends either way
   * @throws JobConfigException with all that is wrong with the file
   */
  public JobConfig read(Consumer<Problem> warnings) throws JobConfigException {
    try {
      var config = readAll();
      problems.warnings().forEach(warnings);
      return config;
    } catch (JobConfigException e) {
      problems.warnings().forEach(warnings);
      throw e;
    }
  }

  private JobConfig readAll() throws JobConfigException {
    var text = load();
    var document = YamlReader.read(text, problems).orElse(null);
    failOnErrors();
    if (!(document instanceof YamlNode.Mapping root) || root.entries().isEmpty()) {
      problems.error(
          1, "", document == null ? "the file is empty" : "the file should be a mapping of keys");
      throw new JobConfigException(problems.errors());
    }
    problems.warnUnknownKeys(root, "", KEYS);
    var base = BaseFolder.of(root, workingDirectory, file);
    base.remark().ifPresent(remark -> problems.warn(1, "", remark));
    var reading = new JobConfigReading(
        root, base.folder(), environment, JobParameters.newBuilder(), new FieldPlaces(), problems);
    var config = sections(reading, text);
    failOnErrors();
    return config;
  }

  private JobConfig sections(JobConfigReading reading, String text) {
    var root = reading.root();
    reading.fields().put("name", root.lineOf("name"), "name");
    reading.fields().put("desc", root.lineOf("desc"), "desc");
    LISTS.forEach(key -> checkLength(root, key));
    var paths = PathSections.read(reading);
    ArgumentSections.read(reading);
    ResourceSections.read(reading);
    var python = EnvSection.read(reading);
    Command.read(reading, paths);
    if (python != null && !python.isFullyManual()) {
      python = RootModules.find(reading, python);
    }
    return new JobConfig(
        text,
        reading.folder(),
        reading.text(root, "", "name", ""),
        reading.text(root, "", "desc", ""),
        reading.job().build(),
        paths.inputsAnd(python == null ? List.of() : python.roots(), reading),
        python,
        reading.fields());
  }

  private void checkLength(YamlNode.Mapping root, String key) {
    if (root.get(key) instanceof YamlNode.Sequence list && list.items().size() > MAX_ENTRIES) {
      String message =
          "has " + list.items().size() + " entries, at most " + MAX_ENTRIES + " may be";
      problems.error(root.lineOf(key), key, message);
    }
  }

  /** Line ends become plain, as in the text that the official client sends. */
  private String load() throws JobConfigException {
    try {
      return TextFile.read(workingDirectory.resolve(file), check)
          .replace("\r\n", "\n")
          .replace('\r', '\n');
    } catch (NoSuchFileException e) {
      throw unreadable("no such file; give the path of a job configuration in YAML");
    } catch (CharacterCodingException e) {
      throw unreadable("cannot be read: " + e.getMessage());
    } catch (IOException e) {
      throw unreadable("cannot be read: " + PathErrors.words(workingDirectory.resolve(file), e));
    }
  }

  private JobConfigException unreadable(String message) {
    return new JobConfigException(List.of(new Problem(file.toString(), "", message)));
  }

  private void failOnErrors() throws JobConfigException {
    if (!problems.errors().isEmpty()) {
      throw new JobConfigException(problems.errors());
    }
  }
}
