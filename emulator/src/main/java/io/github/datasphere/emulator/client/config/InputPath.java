package io.github.datasphere.emulator.client.config;

/**
 * A file or folder that the job gets.
 *
 * @param path as written in the configuration
 * @param var name that stands for it in the command; empty for none
 * @param line where it is declared
 */
public record InputPath(String path, String var, int line) {}
