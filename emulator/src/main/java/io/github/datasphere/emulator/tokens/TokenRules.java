package io.github.datasphere.emulator.tokens;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tokens are good (service-behaviour 10.30); all of it secret but the ids.
 *
 * @param accepted IAM tokens beside those that the emulator issues; with {@code all} empty too, any
 * @param oauth OAuth tokens that can be exchanged for an IAM token; empty for any that is no IAM
 *     token, as long as any IAM token is accepted
 * @param projects tokens, IAM or OAuth, that alone give access to a project, by its id; projects
 *     that no rule names are open to every good token
 * @param all tokens, IAM or OAuth, that are good for every project and for the control service
 * @param metadata the token in whose owner's name the metadata service gives tokens
 * @param accounts service accounts that may exchange what they signed, by id
 */
public record TokenRules(
    Set<String> accepted,
    Set<String> oauth,
    Map<String, Set<String>> projects,
    Set<String> all,
    Optional<String> metadata,
    Map<String, ServiceAccount> accounts) {
  /** Any token will do, as a local tool has it. */
  public static final TokenRules OPEN = new TokenRules(Set.of(), Set.of(), Map.of());

  public TokenRules {
    accepted = Set.copyOf(accepted);
    oauth = Set.copyOf(oauth);
    projects = projects.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    all = Set.copyOf(all);
    accounts = Map.copyOf(accounts);
  }

  /** Without tokens that are good for all, and without accounts. */
  public TokenRules(Set<String> accepted, Set<String> oauth, Map<String, Set<String>> projects) {
    this(accepted, oauth, projects, Set.of(), Optional.empty(), Map.of());
  }

  /** The same with these tokens that are good for all. */
  public TokenRules withAll(Set<String> tokens) {
    return new TokenRules(accepted, oauth, projects, tokens, metadata, accounts);
  }

  /** The same with the owner of this token as the one for whom the metadata service speaks. */
  public TokenRules withMetadata(String token) {
    return new TokenRules(accepted, oauth, projects, all, Optional.of(token), accounts);
  }

  /** The same with these service accounts, by id. */
  public TokenRules withAccounts(Map<String, ServiceAccount> byId) {
    return new TokenRules(accepted, oauth, projects, all, metadata, byId);
  }

  @Override
  public String toString() {
    return "TokenRules[accepted=%d tokens, oauth=%d tokens, projects=%s, all=%d tokens, accounts=%s]"
        .formatted(accepted.size(), oauth.size(), projects.keySet(), all.size(), accounts.keySet());
  }
}
