package io.github.datasphere.emulator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.config.ConfigSources;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.reading.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/configuration.md has all that can be set, with what it means. */
class ConfigurationPageTest {
  private static final Pattern READ =
      Pattern.compile("\\b(?:read\\w*|require)\\(\\s*(?:fields,\\s*)?\"([a-z0-9-]+)\"");
  private static final Pattern VARIABLE =
      Pattern.compile("\"([A-Z]+(?:_[A-Z]+)+|(?:[a-z]+_)+proxy)\"");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern ENVIRONMENT = Pattern.compile("\\{env: (\\w+)}");
  private static final Pattern VARIABLE_OF_SHELL = Pattern.compile("\\$\\{?([A-Z][A-Z_]+)");

  /** Variables of a shell program itself, or between parts of ours. */
  private static final Set<String> INSIDE =
      Set.of("BASH_ENV", "BASH_SOURCE", "DATASPHERE_EMULATOR_", "DATASPHERE_EMULATOR_LOCKED", "NF");

  @TempDir
  Path folder;

  @BeforeEach
  void makeWhatExamplesName() throws IOException, NoSuchAlgorithmException {
    var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    var key = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
    Files.writeString(
        folder.resolve("key.pem"),
        "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
  }

  @Test
  void everyOptionOfTheConfigurationIsOneOfTheCommands() {
    var expected = new TreeSet<>(ConfigSources.OPTIONS);
    expected.add("config");

    assertThat(new ConfigurationOptions(folder).shared())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyOptionHasADefault() {
    assertThat(ConfigurationOptions.VALUES.keySet())
        .containsExactlyInAnyOrderElementsOf(ConfigSources.OPTIONS);
  }

  @Test
  void everyOptionHasAMeaning() {
    assertThat(new ConfigurationOptions(folder).withoutMeaning()).isEmpty();
  }

  @Test
  void everyKeyThatIsReadHasARow() throws IOException {
    var rows = ConfigurationKeys.all().stream()
        .map(key -> key.name() + " in " + key.file())
        .collect(Collectors.toSet());
    var missing = new TreeSet<>(keysThatAreRead());
    missing.removeAll(rows);
    missing.removeIf(read -> ConfigSources.OPTIONS.contains(read.split(" ")[0]));
    missing.removeIf(read -> leadsToRows(read.split(" ")[0]));

    assertThat(missing).isEmpty();
  }

  @Test
  void everyRowIsAKeyThatIsRead() throws IOException, ConfigException {
    assertThat(keysThatAreRead())
        .containsAll(ConfigurationKeys.all().stream()
            .map(key -> key.name() + " in " + key.file())
            .toList());

    // Reports each key that it does not know, and each value that it cannot read
    read(allKeys());
  }

  @Test
  void everyRowHasAMeaning() throws IOException {
    var without = new ArrayList<String>();
    for (var key : ConfigurationKeys.all()) {
      if (key.meaning().isEmpty()) {
        without.add(
            key.path() + ": @param " + key.component() + " of " + key.owner().getName());
      }
    }

    assertThat(without).isEmpty();
  }

  @Test
  void examplesOfThePagesAreRead() throws IOException, ConfigException {
    var examples = 0;
    for (var page : List.of(
        "docs/configuration.md", "docs/security.md", "docs/storage.md", "docs/scale-out.md")) {
      for (var yaml : found(EXAMPLE, Page.ROOT.resolve(page))) {
        read(yaml.replace("/folder", folder.toString()).replaceAll("\\w+\\.(pem|txt)", "key.pem"));
        examples++;
      }
    }

    assertThat(examples).isGreaterThanOrEqualTo(3);
  }

  @Test
  void everyVariableThatTheCodeNamesIsInTheDocument() throws IOException {
    var page = Page.of("docs/configuration.md").text();
    var missing = variables().stream()
        .filter(name -> !INSIDE.contains(name) && !page.contains('`' + name + '`'))
        .toList();

    assertThat(missing).isEmpty();
  }

  /**
   * After a change: {@code ./mvnw -pl emulator -Dtest=ConfigurationPageTest -Ddocs.update=true
   * test}.
   */
  @Test
  void documentShowsTheOptionsAndKeysOfTheCode() throws IOException, ConfigException {
    new GeneratedPart("docs/configuration.md", "options")
        .shows(new ConfigurationOptions(folder).text());
    new GeneratedPart("docs/configuration.md", "keys").shows(keys());
  }

  private String keys() throws IOException, ConfigException {
    var least = read(ConfigurationKeys.LEAST);
    var text = new StringBuilder("\n| key | value | default | meaning |\n|---|---|---|---|\n");
    for (var key : ConfigurationKeys.all()) {
      text.append(ConfigurationOptions.row(
          '`' + key.path() + '`',
          key.kind().words(),
          key.standard().map(of -> Defaults.text(of.apply(least))).orElse("has to be there"),
          key.meaning().orElse("")));
    }
    return text.append('\n').toString();
  }

  private EmulatorConfig read(String yaml) throws IOException, ConfigException {
    Files.writeString(folder.resolve(ConfigSources.STANDARD_FILE), yaml);
    var environment = ENVIRONMENT
        .matcher(yaml)
        .results()
        .map(name -> name.group(1))
        .distinct()
        .collect(Collectors.toMap(name -> name, name -> "some"));
    return new ConfigSources(Map.of(), environment, folder, folder)
        .load(EmulatorConfig.defaults(), Set.of());
  }

  /** Each key in a line of its own, below those that lead to it. */
  private static String allKeys() {
    var yaml = new StringBuilder();
    List<String> before = List.of();
    for (var key : ConfigurationKeys.all()) {
      var segments = key.segments();
      var depth = 0;
      while (depth < segments.size() - 1
          && depth < before.size()
          && segments.get(depth).equals(before.get(depth))) {
        depth++;
      }
      for (; depth < segments.size(); depth++) {
        yaml.append("  ".repeat(depth))
            .append(segments.get(depth).replaceAll("<.*>", "some"))
            .append(depth == segments.size() - 1 ? ": " + key.kind().example() : ":")
            .append('\n');
      }
      before = segments;
    }
    return yaml.toString();
  }

  /** Whether it has keys of its own, which have rows. */
  private static boolean leadsToRows(String key) {
    return ConfigurationKeys.all().stream()
        .anyMatch(row -> row.segments().contains(key) && !row.name().equals(key));
  }

  /**
   * With their files, in the sources of the package, but those of a secret, which is no key but a
   * value.
   */
  private static Set<String> keysThatAreRead() throws IOException {
    var keys = new TreeSet<String>();
    for (var source : sources("config")) {
      if (!source.endsWith("reading/Fields.java")) {
        found(READ, source).forEach(key -> keys.add(key + " in " + source.getFileName()));
      }
    }
    return keys;
  }

  private static Set<String> variables() throws IOException {
    var names = new TreeSet<String>();
    for (var source : sources("")) {
      names.addAll(found(VARIABLE, source));
    }
    names.addAll(found(VARIABLE_OF_SHELL, Page.ROOT.resolve("emulator/bin/datasphere-emulator")));
    return names;
  }

  private static List<String> found(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  private static List<Path> sources(String below) throws IOException {
    var root = Page.ROOT.resolve("emulator/src/main/java/io/github/datasphere/emulator");
    try (Stream<Path> files = Files.walk(root.resolve(below))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
