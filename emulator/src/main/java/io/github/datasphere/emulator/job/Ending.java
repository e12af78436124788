package io.github.datasphere.emulator.job;

/** How the run itself ended; outputs are collected afterwards. */
public sealed interface Ending {
  /**
   * The command ended.
   *
   * @param returnCode as bash gives it: 128 + n after signal n (service-behaviour 10.28)
   * @param details a word for {@code status_details}, such as the out-of-memory kill; else empty
   */
  record Exited(int returnCode, String details) implements Ending {}

  /** The command never began: stopped while it was prepared (service-behaviour 4.20). */
  record NeverStarted() implements Ending {}

  /** The environment could not be made or was lost (service-behaviour 10.10). */
  record Failed(ErrorCode code, String message) implements Ending {}
}
