package io.github.datasphere.emulator.cli.env;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.AccessConfig;
import java.util.Map;

/** The client variables that {@code exec} would set, for tests of other packages. */
public final class VariablesForTests {
  private VariablesForTests() {}

  public static Map<String, String> of(Emulator emulator, AccessConfig access) {
    return ClientVariables.of(ClientSettings.of(emulator, access), System.getenv());
  }
}
