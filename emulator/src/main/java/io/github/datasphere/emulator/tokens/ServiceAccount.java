package io.github.datasphere.emulator.tokens;

import java.security.PublicKey;
import java.util.Set;

/**
 * A service account that gets IAM tokens for what it signed.
 *
 * @param key RSA; the other half signs
 * @param projects ids of those that it may use beside the tokens that their rules name; projects
 *     that no rule names are open to it anyway
 */
public record ServiceAccount(PublicKey key, Set<String> projects) {
  public ServiceAccount {
    projects = Set.copyOf(projects);
  }
}
