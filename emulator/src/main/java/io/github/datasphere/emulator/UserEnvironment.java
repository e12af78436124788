package io.github.datasphere.emulator;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables of this process as its user has them. The launcher gives Java a locale in which it
 * can read the names of all files, where the user's own knows English letters alone; what the
 * emulator starts for the user gets the user's.
 */
public final class UserEnvironment {
  /** Set by the launcher, where it changed the variable: the user's value, empty for none. */
  private static final String USERS_LOCALE = "datasphere.emulator.lc_all";

  private static final String LOCALE = "LC_ALL";

  private UserEnvironment() {}

  /** All of them, by name. */
  public static Map<String, String> variables() {
    var variables = new HashMap<>(System.getenv());
    restore(variables);
    return Collections.unmodifiableMap(variables);
  }

  /** Gives a process that inherits our variables the user's. */
  public static void restore(Map<String, String> inherited) {
    var own = System.getProperty(USERS_LOCALE);
    if (own == null) {
      return;
    }
    if (own.isEmpty()) {
      inherited.remove(LOCALE);
    } else {
      inherited.put(LOCALE, own);
    }
  }
}
