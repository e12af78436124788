package io.github.datasphere.emulator.tokens;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tokens are good (service-behaviour 10.30); all of it secret.
 *
 * @param accepted IAM tokens beside those that the emulator issues; empty for any
 * @param oauth OAuth tokens that can be exchanged for an IAM token; empty for any that is no IAM
 *     token
 * @param projects tokens, IAM or OAuth, that alone give access to a project, by its id; projects
 *     without an entry are open to every good token
 */
public record TokenRules(
    Set<String> accepted, Set<String> oauth, Map<String, Set<String>> projects) {
  /** Any token will do, as a local tool has it. */
  public static final TokenRules OPEN = new TokenRules(Set.of(), Set.of(), Map.of());

  public TokenRules {
    accepted = Set.copyOf(accepted);
    oauth = Set.copyOf(oauth);
    projects = projects.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
  }

  @Override
  public String toString() {
    return "TokenRules[accepted="
        + accepted.size()
        + " tokens, oauth="
        + oauth.size()
        + " tokens, projects="
        + projects.keySet()
        + "]";
  }
}
