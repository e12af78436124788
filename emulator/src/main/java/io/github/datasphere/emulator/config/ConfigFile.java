package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.config.reading.ConfigReading;
import io.github.datasphere.emulator.config.reading.Origin;
import io.github.datasphere.emulator.config.reading.Value;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Finds the configuration file, or the variable that holds its text, and parses it. YAML tags never
 * make objects of other classes.
 */
final class ConfigFile {
  /** Variable that holds the text of a configuration file. */
  static final String TEXT = "DATASPHERE_EMULATOR_CONFIG_YAML";

  /** The file that is read if no other is named. */
  static final String STANDARD_FILE = "datasphere-emulator.yaml";

  private ConfigFile() {}

  /** Returns the outermost mapping; an empty one if there is no file, or if it cannot be read. */
  static Value find(
      Optional<Value> named, Optional<String> text, Path workingDirectory, ConfigReading reading) {
    if (text.isEmpty()) {
      return ofFile(workingDirectory, named, reading);
    }
    named.ifPresent(file -> reading.report(file.origin().label() + " and " + TEXT
        + " both give the configuration: leave one of them out"));
    var origin = new Origin(TEXT, workingDirectory, true);
    return mapping(parse(text.get(), origin.label(), reading), origin, reading);
  }

  private static Value ofFile(Path workingDirectory, Optional<Value> named, ConfigReading reading) {
    var file = named.map(Value::path).orElse(workingDirectory.resolve(STANDARD_FILE));
    var folder = file.toAbsolutePath().resolveSibling("").normalize();
    var label = named.map(Value::text).orElse(STANDARD_FILE);
    var node = compose(file, label, named.isEmpty(), reading);
    return mapping(node, new Origin(label, folder, true), reading);
  }

  private static Value mapping(@Nullable Node node, Origin origin, ConfigReading reading) {
    var root = new Value(node == null ? empty() : node, "", origin, reading);
    if (!(root.node() instanceof MappingNode) && !root.isEmpty()) {
      reading.report(root.place() + ": expected keys with values, such as \"runner: docker\"");
    }
    return root;
  }

  private static @Nullable Node compose(
      Path file, String label, boolean mayBeMissing, ConfigReading reading) {
    try {
      return parse(Files.readString(file), label, reading);
    } catch (CharacterCodingException e) {
      reading.report(label + ": this is no UTF-8 text");
    } catch (IOException e) {
      if (!(mayBeMissing && e instanceof NoSuchFileException)) {
        reading.report("cannot read configuration file " + file + ": " + PathErrors.words(file, e));
      }
    }
    return null;
  }

  private static @Nullable Node parse(String text, String label, ConfigReading reading) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      var place = mark == null ? label : label + ':' + (mark.getLine() + 1);
      reading.report(place + ": this is no YAML: " + e.getProblem());
    } catch (YAMLException e) {
      reading.report(label + ": this is no YAML: " + e.getMessage());
    }
    return null;
  }

  private static Node empty() {
    return new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
  }
}
