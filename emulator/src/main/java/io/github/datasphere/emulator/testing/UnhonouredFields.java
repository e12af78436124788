package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the fields of a request that the emulator accepts and then ignores. */
public final class UnhonouredFields {
  /** Ignored fields of calls that are served; for other calls they do not matter. */
  static final Set<String> IGNORED = Set.of(
      "yandex.cloud.datasphere.v2.jobs.CancelProjectJobRequest.reason",
      "yandex.cloud.datasphere.v2.CreateProjectRequest.settings",
      "yandex.cloud.datasphere.v2.CreateProjectRequest.limits");

  private UnhonouredFields() {}

  /**
   * Returns the sorted paths of such fields, including fields of a newer API that are unknown here.
   */
  public static Set<String> of(@Nullable Message request) {
    var found = new TreeSet<String>();
    if (request != null) {
      look(request, "", found);
    }
    return found;
  }

  private static void look(Message message, String path, Set<String> found) {
    message
        .getUnknownFields()
        .asMap()
        .keySet()
        .forEach(number -> found.add(path + "(unknown field " + number + ")"));
    for (var entry : message.getAllFields().entrySet()) {
      var field = entry.getKey();
      if (IGNORED.contains(field.getFullName())) {
        found.add(path + field.getName());
      }
      var values = entry.getValue() instanceof List<?> list ? list : List.of(entry.getValue());
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) instanceof Message inner) {
          var place = field.isRepeated() ? field.getName() + "[" + i + "]" : field.getName();
          look(inner, path + place + ".", found);
        }
      }
    }
  }
}
