package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.files.UrlSigner;
import java.net.URI;
import java.util.function.Supplier;

/**
 * What every world of one emulator stands on; a reset leaves it as it is.
 *
 * @param manualTime whether time stands still until a test moves it
 * @param signer signs file URLs
 * @param base where file URLs point; asked when the first one is needed
 */
record Foundations(
    EmulatorConfig config,
    boolean manualTime,
    Workspace workspace,
    UrlSigner signer,
    Supplier<URI> base) {

  boolean isScripted() {
    return config.jobs().runner() == RunnerKind.SCRIPTED;
  }
}
