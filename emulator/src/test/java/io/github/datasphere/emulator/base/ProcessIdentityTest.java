package io.github.datasphere.emulator.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which process it is. */
class ProcessIdentityTest {
  private Process process;

  @BeforeEach
  void start() throws Exception {
    process = new ProcessBuilder("sleep", "60").start();
  }

  @AfterEach
  void end() throws Exception {
    process.destroyForcibly().waitFor();
  }

  @Test
  void isTheSameAsLongAsTheProcessRuns() {
    var identity = ProcessIdentity.of(process.pid());

    assertThat(identity).isEqualTo(ProcessIdentity.of(process.pid()));
    assertThat(identity.isAlive()).isTrue();
    assertThat(identity.isGone()).isFalse();
  }

  @Test
  void isGoneWithItsProcess() throws Exception {
    var identity = ProcessIdentity.of(process.pid());
    end();

    assertThat(identity.isAlive()).isFalse();
    assertThat(identity.isGone()).isTrue();
  }

  @Test
  void isNotThatOfALaterProcessWithTheSameNumber() {
    var now = ProcessIdentity.of(process.pid());
    var earlier = new ProcessIdentity(process.pid(), now.start().replaceFirst("t\\d+$", "t1"));

    assertThat(earlier.isAlive()).isFalse();
    assertThat(earlier.isGone()).isTrue();
  }

  @Test
  void ofAnotherContainerNothingIsKnown() {
    var start = ProcessIdentity.of(process.pid()).start();
    var elsewhere = new ProcessIdentity(999_999_999, start.replaceFirst("n\\d*t", "n1t"));

    assertThat(elsewhere.isAlive()).isFalse();
    assertThat(elsewhere.isGone()).isFalse();
  }

  @Test
  void whatRanBeforeTheMachineStartedAnewIsGone() {
    var start = ProcessIdentity.of(process.pid()).start();
    var before = new ProcessIdentity(process.pid(), "0" + start);

    assertThat(before.isGone()).isTrue();
  }

  @Test
  void isReadAsItWasWritten() {
    var identity = ProcessIdentity.of(process.pid());

    assertThat(ProcessIdentity.parse(identity.text())).contains(identity);
    assertThat(identity.text()).matches("\\d+-[0-9a-z]+");
    assertThat(ProcessIdentity.parse("12-345")).isEmpty();
    assertThat(ProcessIdentity.parse("someone")).isEmpty();
  }

  @Test
  void whereThereIsNoProcessNoneIsAlive() {
    assertThat(ProcessIdentity.of(999_999_999).isAlive()).isFalse();
  }
}
