package io.github.datasphere.emulator.job.spec;

/** How a file is packed; {@link #ZIP} stands for a directory (service-behaviour 2.8, 4.19). */
public enum Compression {
  UNSPECIFIED,
  NONE,
  ZIP
}
