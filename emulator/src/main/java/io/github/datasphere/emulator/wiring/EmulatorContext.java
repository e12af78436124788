package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.testing.RecordingSwitch;
import io.github.datasphere.emulator.tokens.TokenService;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every world of one emulator shares; a reset leaves it as it is.
 *
 * @param manualTime whether time stands still until a test moves it
 * @param signer signs file URLs
 * @param base where file URLs point; asked for when the first URL is needed
 * @param tokens the tokens as they are at the start, none of them revoked
 * @param watch whether calls and jobs are recorded
 */
public record EmulatorContext(
    EmulatorConfig config,
    boolean manualTime,
    Workspace workspace,
    UrlSigner signer,
    Supplier<URI> base,
    TokenService tokens,
    RecordingSwitch watch) {

  public boolean isScripted() {
    return config.jobs().runner() == RunnerKind.SCRIPTED;
  }

  /** Whether the emulator keeps the files of jobs itself. */
  public boolean keepsFiles() {
    return config.storage().kind() != StorageKind.MINIO;
  }

  /** Takes in files without HTTP; empty if the emulator does not keep them itself. */
  public Optional<DirectUploads> uploads(Supplier<JobEngine> engine) {
    return keepsFiles() ? Optional.of(new DirectUploads(engine, signer)) : Optional.empty();
  }

  /** Whether jobs outlive this emulator; scripted ones never do. */
  public boolean isDurable() {
    return !isScripted() && !workspace.isTemporary();
  }
}
