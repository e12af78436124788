package io.github.datasphere.emulator.client.config;

/**
 * The file or module with which the user's Python program starts.
 *
 * @param path path of a script, or the name of a module after {@code -m}
 * @param named whether it is such a name
 * @param line where the configuration names it
 */
public record RootModule(String path, boolean named, int line) {}
