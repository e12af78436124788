package io.github.datasphere.emulator.runner.process.python;

/**
 * A Python of this machine.
 *
 * @param executable its real path, past wrappers such as those of pyenv
 * @param major such as 3
 * @param minor such as 10
 */
public record HostPython(String executable, int major, int minor) {
  public String version() {
    return major + "." + minor;
  }
}
