package io.github.datasphere.emulator.documents;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.SwarmConfig.NodeLoss;
import io.github.datasphere.emulator.config.WhenFull;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A key of the configuration file that is no option.
 *
 * @param path with {@code <..>} for what the user names
 * @param owner the record that holds its value
 * @param component of that record, whose Javadoc is its meaning
 * @param standard what a configuration that leaves it out has; empty if it has to be there
 */
record ConfigurationKey(
    String path,
    Class<?> owner,
    String component,
    Kind kind,
    Optional<Function<EmulatorConfig, Object>> standard) {

  /** What a value is, in words and as an example. */
  enum Kind {
    TEXT("text", "some"),
    TEXTS("a list of texts", "[some, more]"),
    NAMES("text for each", "{some: text}"),
    SECRET("a secret", "{env: SOME}"),
    SECRETS("a list of secrets", "[some, {env: SOME}]"),
    SECRET_MAP("a secret for each", "{some: text}"),
    SECRETS_MAP("a list of secrets for each", "{some: [text]}"),
    KEY("a secret", "{file: key.pem}"),
    NUMBER("a whole number", "1"),
    SIZE("a size", "16g"),
    DURATION("a duration", "24h"),
    FLAG("`true` or `false`", "true"),
    FOLDER("a folder that exists", "."),
    FOLDERS("a folder that exists, for each", "{some: .}"),
    FILE("a file", "ca.pem"),
    URL("a URL", "http://127.0.0.1:9000"),
    MODE("`ro` or `rw`", "rw"),
    FULL("`" + String.join("` or `", Defaults.names(WhenFull.class)) + "`", "queue"),
    NODE_LOSS("`" + String.join("` or `", Defaults.names(NodeLoss.class)) + "`", "retry");

    private final String words;
    private final String example;

    Kind(String words, String example) {
      this.words = words;
      this.example = example;
    }

    String words() {
      return words;
    }

    String example() {
      return example;
    }
  }

  static ConfigurationKey of(
      String path,
      Class<?> owner,
      String component,
      Kind kind,
      Function<EmulatorConfig, Object> standard) {
    return new ConfigurationKey(path, owner, component, kind, Optional.of(standard));
  }

  static ConfigurationKey required(String path, Class<?> owner, String component, Kind kind) {
    return new ConfigurationKey(path, owner, component, kind, Optional.empty());
  }

  List<String> segments() {
    return Arrays.asList(path.split("\\."));
  }

  String name() {
    return segments().get(segments().size() - 1);
  }

  /** The source of its record. */
  String file() {
    var outermost = owner.getEnclosingClass() == null ? owner : owner.getEnclosingClass();
    return outermost.getSimpleName() + ".java";
  }

  Optional<String> meaning() throws IOException {
    return Javadoc.of(owner).component(component);
  }
}
