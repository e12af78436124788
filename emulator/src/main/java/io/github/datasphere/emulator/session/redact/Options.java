package io.github.datasphere.emulator.session.redact;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What is taken out of a session beside what can be known by its place and looks.
 *
 * @param patterns what the user wants to be hidden; of one with a group, the group
 * @param secrets secrets that are known from elsewhere, such as variables of the client
 * @param names names of this machine and its user, with what is written instead
 * @param keepsIds whether identities stay as they are: for recordings that are not given away
 * @param random makes synthetic identities
 */
public record Options(
    List<Pattern> patterns,
    List<String> secrets,
    Map<String, String> names,
    boolean keepsIds,
    RandomGenerator random) {
  public Options {
    patterns = List.copyOf(patterns);
    secrets = List.copyOf(secrets);
    names = Map.copyOf(names);
  }
}
