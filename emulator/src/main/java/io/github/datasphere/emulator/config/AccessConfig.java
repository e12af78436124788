package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.config.reading.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tokens are accepted (service-behaviour 1.7 to 1.10, 10.30).
 *
 * @param accepted IAM tokens beside those that the emulator issues; with {@code all} empty too, any
 * @param oauth OAuth tokens that can be exchanged for an IAM token; empty for any that is no IAM
 *     token, as long as any IAM token is accepted
 * @param projects tokens that alone may use a project, by its id; a project without an entry is
 *     open to every accepted token
 * @param all tokens that are good for every project, the control service and the page
 * @param metadata a listed token; the metadata URL issues tokens of its owner to every caller
 * @param accounts service accounts whose signed requests are exchanged, by id
 * @param open whether others may reach it without a token that is listed
 */
public record AccessConfig(
    List<Secret> accepted,
    List<Secret> oauth,
    Map<String, List<Secret>> projects,
    List<Secret> all,
    Optional<Secret> metadata,
    Map<String, AccountConfig> accounts,
    boolean open) {
  public AccessConfig {
    accepted = List.copyOf(accepted);
    oauth = List.copyOf(oauth);
    projects = Map.copyOf(projects);
    all = List.copyOf(all);
    accounts = Map.copyOf(accounts);
  }

  /** Makes a configuration without tokens that are good for all, and without accounts. */
  public AccessConfig(
      List<Secret> accepted, List<Secret> oauth, Map<String, List<Secret>> projects) {
    this(accepted, oauth, projects, List.of(), Optional.empty(), Map.of(), false);
  }

  public static AccessConfig defaults() {
    return new AccessConfig(List.of(), List.of(), Map.of());
  }

  /** Whether only tokens that are listed, or that stem from a listed one, are accepted. */
  public boolean isClosed() {
    return !accepted.isEmpty() || !all.isEmpty();
  }

  static AccessConfig read(Fields fields, AccessConfig base) {
    var open = fields.read("open", base.open, Value::flag);
    return fields.read("tokens", base, value -> described(value, base)).with(open);
  }

  private AccessConfig with(boolean isOpen) {
    return new AccessConfig(accepted, oauth, projects, all, metadata, accounts, isOpen);
  }

  private static AccessConfig described(Value value, AccessConfig base) {
    var fields = Fields.of(value);
    var accepted = fields.read("accepted", base.accepted, v -> v.list(Fields::secret));
    var oauth = fields.read("oauth", base.oauth, v -> v.list(Fields::secret));
    var projects = fields.read(
        "projects", base.projects, v -> Fields.map(v, tokens -> tokens.list(Fields::secret)));
    var all = fields.read("all", base.all, v -> v.list(Fields::secret));
    var metadata = fields.read("metadata", base.metadata, v -> Optional.of(Fields.secret(v)));
    var accounts =
        fields.read("service-accounts", base.accounts, v -> Fields.map(v, AccountConfig::read));
    fields.end();
    return new AccessConfig(accepted, oauth, projects, all, metadata, accounts, base.open);
  }
}
