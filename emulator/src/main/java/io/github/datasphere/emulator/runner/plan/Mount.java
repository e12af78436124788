package io.github.datasphere.emulator.runner.plan;

import java.nio.file.Path;

/**
 * A folder of this machine that the job sees.
 *
 * @param path where the job sees it
 * @param isMadeIfMissing whether the emulator makes the folder when it is first needed
 * @param what name of the folder in messages, such as {@code dataset bt1...}
 */
public record Mount(
    String path, Path folder, boolean writable, boolean isMadeIfMissing, String what) {}
