package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Container images.
 *
 * @param byId images of projects, by their resource ids, and other names for system images
 * @param python the image for each Python version, such as {@code 3.10}
 * @param standard for jobs that ask for no image and no Python; empty for the emulator's choice
 * @param registryMirror host that images of Docker Hub are pulled from instead
 */
public record ImagesConfig(
    Map<String, String> byId,
    Map<String, String> python,
    Optional<String> standard,
    PullPolicy pull,
    Optional<String> registryMirror) {
  public ImagesConfig {
    byId = Map.copyOf(byId);
    python = Map.copyOf(python);
  }

  public static ImagesConfig defaults() {
    return new ImagesConfig(
        Map.of(), Map.of(), Optional.empty(), PullPolicy.MISSING, Optional.empty());
  }

  static ImagesConfig read(Fields fields, ImagesConfig base) {
    return new ImagesConfig(
        fields.read("images", base.byId, value -> Fields.map(value, Value::text)),
        fields.read("python-images", base.python, value -> Fields.map(value, Value::text)),
        fields.read("default-image", base.standard, value -> Optional.of(value.text())),
        fields.read("pull", base.pull, value -> value.oneOf(PullPolicy.class)),
        fields.read("registry-mirror", base.registryMirror, value -> Optional.of(value.text())));
  }
}
