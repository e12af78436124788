package io.github.datasphere.emulator.client.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Knows where in the configuration file the fields of a request come from, so that a message of the
 * service about {@code job_parameters.output_files[2].path} can name line and key.
 */
public final class FieldPlaces {
  private final Map<String, Place> places = new HashMap<>();

  void put(String field, int line, String key) {
    places.put(field, new Place(line, key));
  }

  /** Returns the place of this field itself. */
  public Optional<Place> of(String field) {
    return Optional.ofNullable(places.get(field));
  }

  /** Returns the place of the field, or else of the nearest field around it that has one. */
  public Optional<Place> find(String field) {
    var around = field;
    while (!around.isEmpty()) {
      var place = places.get(around);
      if (place != null) {
        return Optional.of(place);
      }
      around = parent(around);
    }
    return Optional.empty();
  }

  private static String parent(String field) {
    return field.substring(
        0, Math.max(0, Math.max(field.lastIndexOf('.'), field.lastIndexOf('['))));
  }

  /** A line, counted from 1, and the key that stands there. */
  public record Place(int line, String key) {}
}
