package io.github.datasphere.junit;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension's own tests on the oldest JUnit that is supported, and on the newest. */
class OtherJUnitsIT {
  @ParameterizedTest
  @ValueSource(strings = {"1.10.5", "6.0.1"})
  void theTestsPassOnThisPlatform(String version, @TempDir Path folder) throws Exception {
    OtherPlatform.passes(
        version,
        "InjectionTest|RegistrationTest|StrictModeTest|BadUseTest|OfficialClassesTest",
        List.of(),
        folder);
  }
}
