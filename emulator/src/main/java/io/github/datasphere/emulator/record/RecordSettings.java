package io.github.datasphere.emulator.record;

import io.github.datasphere.emulator.session.redact.Options;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a recorder needs.
 *
 * @param output the folder of the recording
 * @param upstream {@code HOST:PORT} of the service; empty for the real one
 * @param upstreamRoots certificates for it; empty for those that Java trusts
 * @param offline whether the recorder answers for all other hosts, so that nothing but what goes to
 *     the service leaves the machine
 * @param redaction what is hidden
 * @param work an empty folder that the recorder may fill; the caller removes it
 * @param version of this program, for the first line
 */
public record RecordSettings(
    Path output,
    Optional<String> upstream,
    Optional<Path> upstreamRoots,
    boolean offline,
    Options redaction,
    Path work,
    String version) {}
