package io.github.datasphere.emulator.config;

/** How much the executable tells on its standard error. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
