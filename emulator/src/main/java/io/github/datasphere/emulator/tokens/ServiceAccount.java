package io.github.datasphere.emulator.tokens;

import java.security.PublicKey;
import java.util.Set;

/**
 * A service account, which gets IAM tokens for requests that it has signed.
 *
 * @param key public RSA key for its signatures
 * @param projects ids of limited projects that it may use in addition to the tokens that their
 *     rules name; projects that no rule names are open to it anyway
 */
public record ServiceAccount(PublicKey key, Set<String> projects) {
  public ServiceAccount {
    projects = Set.copyOf(projects);
  }
}
