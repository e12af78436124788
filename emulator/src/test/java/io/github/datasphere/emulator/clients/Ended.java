package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client left when it ended; without colours. */
record Ended(int exitCode, String out, String err) {
  Ended good() {
    assertThat(exitCode).as(toString()).isZero();
    return this;
  }

  Ended bad() {
    assertThat(exitCode).as(toString()).isEqualTo(1);
    return this;
  }

  /** The id of the job that it made. */
  String job() {
    return OfficialCli.jobIn(out);
  }
}
