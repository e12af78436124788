package io.github.datasphere.emulator.runner.process;

/**
 * A Python of this machine.
 *
 * @param executable its real path, past wrappers such as those of pyenv
 * @param major such as 3
 * @param minor such as 10
 */
record HostPython(String executable, int major, int minor) {
  String version() {
    return major + "." + minor;
  }
}
