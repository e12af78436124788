package io.github.datasphere.emulator;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long {@code await()} waits in all tests that do not say it themselves. The ten seconds of
 * Awaitility are too short for a busy machine; what never comes is seen a little later. An
 * exception in some thread of the JVM ends no wait: it may be another test's, which runs beside.
 */
public final class Patience implements BeforeAllCallback {
  private static final Duration LONG = Duration.ofMinutes(2);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LONG);
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }
}
