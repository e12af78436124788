package io.github.datasphere.emulator.client.files;

import io.github.datasphere.proto.jobs.File;
import java.nio.file.Path;

/**
 * A file ready to be sent.
 *
 * @param file the file as the service sees it
 * @param content the file itself, or a temporary archive of the folder
 * @param label how messages name it
 */
public record PreparedFile(File file, Path content, String label) {}
