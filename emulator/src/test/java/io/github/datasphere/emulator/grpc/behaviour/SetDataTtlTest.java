package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.SetProjectJobDataTtlRequest;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rpc("ProjectJobService/SetDataTtl")
class SetDataTtlTest extends BehaviourTest {
  @Test
  @Evidence(value = DOCS, at = "6.6", says = "data live so long from the end of the job on")
  void countsFromTheEndOfTheJob() {
    var job = ended(0);
    world.clock.advance(Duration.ofDays(1));
    setTtl(job, Duration.ofDays(3));
    assertThat(get(job).getDataExpiresAt())
        .isEqualTo(proto(GrpcWorld.START.plus(Duration.ofDays(3))));
    world.clock.advance(Duration.ofDays(2));

    assertThat(get(job).getDataCleared()).isTrue();
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "6.6",
      says = "without a ttl they live for ever: no expiry is shown")
  void unsetIsForEver() {
    var job = ended(0);
    stubs
        .jobs()
        .setDataTtl(SetProjectJobDataTtlRequest.newBuilder().setJobId(job).build());
    world.clock.advance(Duration.ofDays(10_000));

    assertThat(get(job).hasDataExpiresAt()).isFalse();
    assertThat(get(job).getDataCleared()).isFalse();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.21", says = "a time that has run out already ends now")
  void timeThatHasRunOutEndsNow() {
    var job = ended(0);
    world.clock.advance(Duration.ofDays(5));
    setTtl(job, Duration.ofDays(2));

    assertThat(get(job).getDataCleared()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {86_399, 0, -1, -86_400, 3_153_600_001L, 315_576_000_001L, Long.MIN_VALUE})
  @Evidence(value = DOCS, at = "6.6", says = "less than a day is refused")
  void otherTimesAreRefused(long seconds) {
    var job = ended(0);
    var before = get(job);

    assertRefused(
        () -> setTtl(job, Duration.ofSeconds(seconds)), Status.Code.INVALID_ARGUMENT, "ttl: ");
    assertThat(get(job)).isEqualTo(before);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.21", says = "on a job that runs it counts from its end too")
  void onARunningJob() {
    var job = executing();
    setTtl(job, Duration.ofDays(1));
    world.clock.advance(Duration.ofDays(2));
    assertThat(get(job).getDataCleared()).isFalse();
    end(job, 0, outputs());

    assertThat(get(job).getDataExpiresAt())
        .isEqualTo(proto(world.clock.now().plus(Duration.ofDays(1))));
  }

  @Test
  @Evidence(value = CHOICE, at = "10.21", says = "is refused once the data are cleared")
  void isRefusedOnceCleared() {
    var job = ended(0);
    stubs
        .jobs()
        .deleteData(DeleteProjectJobDataRequest.newBuilder().setJobId(job).build());

    assertRefused(
        () -> setTtl(job, Duration.ofDays(2)), Status.Code.FAILED_PRECONDITION, job, "cleared");
  }

  private void setTtl(String job, Duration ttl) {
    var request = SetProjectJobDataTtlRequest.newBuilder().setJobId(job);
    request.getTtlBuilder().setSeconds(ttl.toSeconds());
    var unused = stubs.jobs().setDataTtl(request.build());
  }
}
