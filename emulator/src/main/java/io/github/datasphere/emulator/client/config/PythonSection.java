package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.client.yaml.YamlNode;
import io.github.datasphere.proto.jobs.PipOptions;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The section {@code env.python} (service-behaviour 2.10 to 2.12). */
final class PythonSection {
  private static final String KEY = "env.python";
  private static final Pattern VERSION = Pattern.compile("3\\.\\d+(\\.\\d+)?");
  private static final List<String> KEYS =
      List.of("type", "version", "requirements-file", "root-paths", "local-paths", "pip");
  private static final List<String> AUTO_KEYS = List.of("type", "root-paths", "pip");
  private static final List<String> PIP_KEYS =
      List.of("index-url", "extra-index-urls", "trusted-hosts", "no-deps");

  private final JobConfigReading reading;
  private final YamlNode.Mapping python;

  private PythonSection(JobConfigReading reading, YamlNode.Mapping python) {
    this.reading = reading;
    this.python = python;
  }

  static @Nullable PythonConfig read(JobConfigReading reading, YamlNode.Mapping env) {
    var node = env.get("python");
    int line = env.lineOf("python");
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Mapping python) {
      return new PythonSection(reading, python).read(line);
    }
    if (!(node instanceof YamlNode.Text text)
        || !text.value().toLowerCase(Locale.ROOT).equals("auto")) {
      var message = "should be `auto` or a mapping with `type`, but is " + node.kind();
      reading.problems().error(line, KEY, message);
    }
    return new PythonConfig(null, null, null, null, List.of(), line);
  }

  private @Nullable PythonConfig read(int line) {
    var type = reading.text(python, KEY, "type", "");
    if (!type.equals("auto") && !type.equals("manual")) {
      var message = "needs a `type`, which is `auto` or `manual`";
      reading.problems().error(python.lineOf("type"), KEY, message);
      return null;
    }
    boolean manual = type.equals("manual");
    warnOfUnread(manual);
    var roots = paths("root-paths");
    var local = manual ? paths("local-paths") : null;
    if (local != null) {
      reading.place(
          "env.python_env.local_modules", python.lineOf("local-paths"), KEY + ".local-paths");
      local.forEach(
          path -> reading.canBeSent(path, python.lineOf("local-paths"), KEY + ".local-paths"));
    }
    if (manual && roots != null && !roots.isEmpty() && local != null && !local.isEmpty()) {
      var message = "`root-paths` and `local-paths` exclude each other: keep one of them";
      reading.problems().error(python.lineOf("root-paths"), KEY, message);
    }
    return new PythonConfig(
        manual ? version() : null,
        manual ? requirements() : null,
        local,
        pip(),
        roots == null ? List.of() : roots.stream().map(this::root).toList(),
        line);
  }

  private RootModule root(String path) {
    return new RootModule(path, false, python.lineOf("root-paths"));
  }

  private void warnOfUnread(boolean manual) {
    reading.problems().warnUnknownKeys(python, KEY, KEYS);
    if (!manual) {
      python.entries().keySet().stream()
          .filter(key -> KEYS.contains(key) && !AUTO_KEYS.contains(key))
          .forEach(key -> warn(key, "counts only with `type: manual`"));
    }
  }

  private @Nullable String version() {
    var version = reading.text(python, KEY, "version", "");
    if (version.isEmpty()) {
      return null;
    }
    if (!VERSION.matcher(version).matches()) {
      error("version", "`" + version + "` is not supported: write it like `3.10`");
      return version;
    }
    var parts = version.split("\\.");
    var shorter = parts[0] + "." + parts[1];
    if (parts.length > 2) {
      warn("version", "only " + shorter + " of " + version + " counts");
    }
    return shorter;
  }

  private @Nullable List<String> requirements() {
    var file = reading.text(python, KEY, "requirements-file", "");
    return file.isEmpty()
        ? null
        : RequirementsFile.read(reading, file, python.lineOf("requirements-file"));
  }

  private @Nullable List<String> paths(String key) {
    var node = python.get(key);
    if (node == null || (node instanceof YamlNode.Text text && text.isEmpty())) {
      return null;
    }
    var paths = JobConfigReading.texts(node);
    if (paths == null) {
      error(key, "should be a list of paths");
      return List.of();
    }
    if (paths.isEmpty()) {
      warn(key, "is empty; the official client 0.10.0 fails on that");
    }
    return paths;
  }

  private @Nullable PipOptions pip() {
    var node = python.get("pip");
    if (node == null) {
      return null;
    }
    var options = PipOptions.newBuilder();
    if (node instanceof YamlNode.Mapping pip) {
      reading.problems().warnUnknownKeys(pip, KEY + ".pip", PIP_KEYS);
      options.setIndexUrl(reading.text(pip, KEY + ".pip", "index-url", ""));
      options.addAllExtraIndexUrls(urls(pip, "extra-index-urls"));
      options.addAllTrustedHosts(urls(pip, "trusted-hosts"));
      var noDeps = reading.text(pip, KEY + ".pip", "no-deps", "false");
      options.setNoDeps(noDeps.equals("true"));
      if (!noDeps.equals("true") && !noDeps.equals("false")) {
        String message =
            "`" + noDeps + "` counts as false, as in the official client: write `true`";
        reading.problems().warn(pip.lineOf("no-deps"), KEY + ".pip.no-deps", message);
      }
    } else if (stopsTheOfficialClient(node)) {
      error("pip", "should be a mapping, but is " + node.kind());
    } else if (!node.isEmpty()) {
      warn(
          "pip",
          "is ignored, by the official client too, as it is " + node.kind()
              + " and no mapping: list packages in the file that `requirements-file` names");
    }
    return options.build();
  }

  /**
   * Whether the official client would fail here: it treats every value as a mapping and looks for
   * its keys in it.
   */
  private static boolean stopsTheOfficialClient(YamlNode node) {
    var texts = JobConfigReading.texts(node);
    return texts != null
        ? texts.stream().anyMatch(PIP_KEYS::contains)
        : node instanceof YamlNode.Text text && PIP_KEYS.stream().anyMatch(text.value()::contains);
  }

  private List<String> urls(YamlNode.Mapping pip, String key) {
    var node = pip.get(key);
    List<String> urls = node == null ? List.of() : JobConfigReading.texts(node);
    if (urls == null) {
      var message = "should be a list of texts";
      reading.problems().error(pip.lineOf(key), KEY + ".pip." + key, message);
      return List.of();
    }
    return urls;
  }

  private void error(String key, String message) {
    reading.problems().error(python.lineOf(key), KEY + "." + key, message);
  }

  private void warn(String key, String message) {
    reading.problems().warn(python.lineOf(key), KEY + "." + key, message);
  }
}
