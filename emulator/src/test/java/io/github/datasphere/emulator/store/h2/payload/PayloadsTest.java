package io.github.datasphere.emulator.store.h2.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.store.SampleJobs;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PayloadsTest {
  private final Payloads payloads = new Payloads(new Reversed());

  @Test
  void everyComponentOfAJobComesBack() throws Exception {
    long seed = System.nanoTime();
    for (var values : ofSeed(seed)) {
      for (int i = 0; i < 300; i++) {
        var job = values.of(Job.class);
        assertThat(payloads.job(payloads.of(job))).as("seed %d", seed).isEqualTo(job);
      }
    }
  }

  @Test
  void everyComponentOfAnOperationComesBack() throws Exception {
    long seed = System.nanoTime();
    for (var values : ofSeed(seed)) {
      for (int i = 0; i < 300; i++) {
        var operation = values.of(Operation.class);
        assertThat(payloads.operation(payloads.of(operation)))
            .as("seed %d", seed)
            .isEqualTo(operation);
      }
    }
  }

  @Test
  void everyComponentOfAProjectComesBack() throws Exception {
    for (var values : ofSeed(1)) {
      var project = values.of(Project.class);
      assertThat(payloads.project(payloads.of(project))).isEqualTo(project);
    }
  }

  @Test
  void orderOfEnvironmentVariablesIsKept() throws Exception {
    var job = new AnyValue(new Random(5), false).of(Job.class);
    assertThat(payloads.job(payloads.of(job)).parameters().env().vars().keySet())
        .containsExactlyElementsOf(job.parameters().env().vars().keySet());
  }

  @Test
  void fieldsOfALaterVersionAreSkipped() {
    var job = SampleJobs.job(1, JobStatus.SUCCESS, "digest");
    var payload = payloads.of(job);
    var later = new FieldWriter().number(900, 7).text(901, "news").toBytes();
    var longer = Arrays.copyOf(payload, payload.length + later.length);
    System.arraycopy(later, 0, longer, payload.length, later.length);
    assertThat(payloads.job(longer)).isEqualTo(job);
  }

  @Test
  void damagedBytesAreRefusedAndNotMisread() {
    var payload = payloads.of(SampleJobs.job(1, JobStatus.SUCCESS, "digest"));
    for (int length = 0; length < payload.length; length++) {
      var cut = Arrays.copyOf(payload, length);
      assertThatThrownBy(() -> payloads.job(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    var other = payload.clone();
    other[0] = 2;
    assertThatThrownBy(() -> payloads.job(other)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void smallJobTakesLittleRoom() {
    assertThat(payloads.of(SampleJobs.job(1, JobStatus.SUCCESS, "digest"))).hasSizeLessThan(160);
  }

  private static AnyValue[] ofSeed(long seed) {
    var random = new Random(seed);
    return new AnyValue[] {new AnyValue(random, false), new AnyValue(random, true)};
  }

  /** A seal that shows whether it is used. */
  private static final class Reversed implements PasswordSeal {
    @Override
    public byte[] seal(String password) {
      return new StringBuilder(password).reverse().toString().getBytes(UTF_8);
    }

    @Override
    public String open(byte[] sealed) {
      return new StringBuilder(new String(sealed, UTF_8)).reverse().toString();
    }
  }
}
