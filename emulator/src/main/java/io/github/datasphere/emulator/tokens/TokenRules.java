package io.github.datasphere.emulator.tokens;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which tokens are accepted (service-behaviour 10.30). All of it is secret, except the ids.
 *
 * @param accepted IAM tokens in addition to those that the emulator issues; if this and {@code all}
 *     are empty, any token is accepted
 * @param oauth OAuth tokens that can be exchanged for an IAM token; empty for any that is no IAM
 *     token, as long as any IAM token is accepted
 * @param projects tokens, IAM or OAuth, that alone give access to a project, by its id; projects
 *     that no rule names are open to every good token
 * @param all tokens, IAM or OAuth, that are good for every project and for the control service
 * @param metadata the token for whose owner the metadata service issues tokens
 * @param accounts service accounts that may exchange signed requests, by id
 */
public record TokenRules(
    Set<String> accepted,
    Set<String> oauth,
    Map<String, Set<String>> projects,
    Set<String> all,
    Optional<String> metadata,
    Map<String, ServiceAccount> accounts) {
  /** Rules that accept any token, as for a local tool. */
  public static final TokenRules OPEN = new TokenRules(Set.of(), Set.of(), Map.of());

  public TokenRules {
    accepted = Set.copyOf(accepted);
    oauth = Set.copyOf(oauth);
    projects = projects.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    all = Set.copyOf(all);
    accounts = Map.copyOf(accounts);
  }

  /** Makes rules without tokens that are good for all, and without accounts. */
  public TokenRules(Set<String> accepted, Set<String> oauth, Map<String, Set<String>> projects) {
    this(accepted, oauth, projects, Set.of(), Optional.empty(), Map.of());
  }

  @Override
  public String toString() {
    return "TokenRules[accepted=%d tokens, oauth=%d tokens, projects=%s, all=%d tokens, accounts=%s]"
        .formatted(accepted.size(), oauth.size(), projects.keySet(), all.size(), accounts.keySet());
  }
}
