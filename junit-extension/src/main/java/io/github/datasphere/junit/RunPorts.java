package io.github.datasphere.junit;

import io.github.datasphere.emulator.http.HttpPorts;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The ports that the emulators of a run leave to each other, closed by JUnit's store at its end.
 */
@SuppressWarnings("deprecation") // JUnit up to 5.12 closes nothing else
final class RunPorts implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  /** Enough for the tests that run at once; further ports are closed when they are left. */
  private static final int MOST = 16;

  private static final Namespace NAMESPACE = Namespace.create(RunPorts.class);

  private final HttpPorts ports = new HttpPorts(MOST);

  static HttpPorts of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(RunPorts.class, key -> new RunPorts(), RunPorts.class)
        .ports;
  }

  @Override
  public void close() {
    ports.close();
  }
}
