package io.github.datasphere.junit;

/**
 * How a test reaches which service.
 *
 * @param replay the folder of the recording that answers; empty for an emulator
 */
record Way(Transport transport, String replay) {
  boolean isReplay() {
    return !replay.isEmpty();
  }

  Way by(Transport other) {
    return new Way(other, replay);
  }

  Way replaying(String folder) {
    return new Way(transport, folder);
  }
}
