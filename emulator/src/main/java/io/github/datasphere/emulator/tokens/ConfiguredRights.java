package io.github.datasphere.emulator.tokens;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows who has which rights by the rules. Owners of tokens are known by the ids that
 * {@link Subjects} makes from the tokens, service accounts by their own ids.
 *
 * @param bearers owners whose tokens are accepted as they are; empty to accept all
 * @param exchangers owners whose tokens can be exchanged; empty for all
 * @param owners all owners that the rules name in any way
 * @param all owners who may use every project and the control service
 * @param projects owners who, in addition to those, may use a limited project, by its id
 */
record ConfiguredRights(
    Set<String> bearers,
    Set<String> exchangers,
    Set<String> owners,
    Set<String> all,
    Map<String, Set<String>> projects) {

  static ConfiguredRights by(TokenRules rules) {
    var named = rules.projects().values().stream().flatMap(Set::stream).toList();
    var asTheyAre = subjects(List.of(rules.accepted(), rules.all(), named));
    var bearers = isClosed(rules) ? asTheyAre : Set.<String>of();
    var oauth = subjects(List.of(rules.oauth()));
    var owners = union(asTheyAre, oauth);
    // A caller with a listed token has shown who they are, whatever kind of token it is
    var exchangers = oauth.isEmpty() ? bearers : owners;
    var machine = subjects(List.of(rules.metadata().stream().toList()));
    return new ConfiguredRights(
        bearers,
        exchangers,
        union(union(owners, machine), rules.accounts().keySet()),
        subjects(List.of(rules.all())),
        projects(rules));
  }

  /** Whether only tokens that the rules name, and tokens that stem from them, are accepted. */
  boolean isClosed() {
    return !bearers.isEmpty();
  }

  /** Whether the rules name any owner. */
  boolean isLimited() {
    return !owners.isEmpty();
  }

  boolean mayUse(String owner, String project) {
    var allowed = projects.get(project);
    return allowed == null || allowed.contains(owner) || all.contains(owner);
  }

  boolean mayUseAll(String owner) {
    return projects.keySet().stream().allMatch(project -> mayUse(owner, project));
  }

  private static boolean isClosed(TokenRules rules) {
    return !rules.accepted().isEmpty() || !rules.all().isEmpty();
  }

  private static Map<String, Set<String>> projects(TokenRules rules) {
    var projects = new HashMap<String, Set<String>>();
    rules
        .projects()
        .forEach((id, tokens) -> projects.put(id, new HashSet<>(subjects(List.of(tokens)))));
    rules
        .accounts()
        .forEach((account, known) -> known
            .projects()
            .forEach(id -> projects.computeIfAbsent(id, key -> new HashSet<>()).add(account)));
    return projects.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
  }

  private static Set<String> subjects(List<Collection<String>> secrets) {
    return secrets.stream()
        .flatMap(Collection::stream)
        .map(Subjects::of)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
  }
}
