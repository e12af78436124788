package io.github.datasphere.emulator.base;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives the environment variables of this process as its user has set them. If the user's locale
 * knows ASCII only, the launcher gives Java another one, in which Java can read all file names.
 * Programs that the emulator starts for the user get the user's own locale back.
 */
public final class UserEnvironment {
  /**
   * Property that the launcher sets if it changed the locale: the user's value; empty if there was
   * none.
   */
  private static final String USERS_LOCALE = "datasphere.emulator.lc_all";

  private static final String LOCALE = "LC_ALL";

  private UserEnvironment() {}

  /** Returns all variables by name. */
  public static Map<String, String> variables() {
    var variables = new HashMap<>(System.getenv());
    restore(variables);
    return Collections.unmodifiableMap(variables);
  }

  /** Puts the user's values back into the variables that a new process inherits from us. */
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
