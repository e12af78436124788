package io.github.datasphere.emulator.config;

import java.util.List;
import java.util.Map;

/**
 * Which tokens are accepted (service-behaviour 1.7 to 1.10, 10.30).
 *
 * @param accepted IAM tokens beside those that the emulator issues; empty for any
 * @param oauth OAuth tokens that can be exchanged for an IAM token; empty for any that is no IAM
 *     token
 * @param projects tokens that alone may use a project, by its id; a project without an entry is
 *     open to every accepted token
 */
public record AccessConfig(
    List<Secret> accepted, List<Secret> oauth, Map<String, List<Secret>> projects) {
  public AccessConfig {
    accepted = List.copyOf(accepted);
    oauth = List.copyOf(oauth);
    projects = Map.copyOf(projects);
  }

  public static AccessConfig defaults() {
    return new AccessConfig(List.of(), List.of(), Map.of());
  }

  static AccessConfig read(Fields fields, AccessConfig base) {
    return fields.read("tokens", base, value -> described(value, base));
  }

  private static AccessConfig described(Value value, AccessConfig base) {
    var fields = value.fields();
    var accepted = fields.read("accepted", base.accepted, v -> v.list(Value::secret));
    var oauth = fields.read("oauth", base.oauth, v -> v.list(Value::secret));
    var projects =
        fields.read("projects", base.projects, v -> v.map(tokens -> tokens.list(Value::secret)));
    fields.end();
    return new AccessConfig(accepted, oauth, projects);
  }
}
