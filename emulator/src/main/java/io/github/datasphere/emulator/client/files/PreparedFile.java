package io.github.datasphere.emulator.client.files;

import io.github.datasphere.proto.jobs.File;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file ready to be sent.
 *
 * @param file the file as the service sees it
 * @param content the file itself, or a temporary archive of the folder
 * @param label how messages name it
 * @param deposit the content where the service can take it over; null if it must be sent
 */
public record PreparedFile(
    File file, Path content, String label, Depot.@Nullable Deposit deposit) {}
