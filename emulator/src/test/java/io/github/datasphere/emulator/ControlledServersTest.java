package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.emulator.Exchange;
import io.github.datasphere.proto.emulator.GetClockRequest;
import io.github.datasphere.proto.emulator.GetTimelineRequest;
import io.github.datasphere.proto.emulator.ListExchangesRequest;
import io.github.datasphere.proto.emulator.MoveClockRequest;
import io.github.datasphere.proto.emulator.PutJobRequest;
import io.github.datasphere.proto.emulator.ResetRequest;
import io.github.datasphere.proto.emulator.SaveRequest;
import io.github.datasphere.proto.emulator.SetQuotaRequest;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control service on servers of different kinds, and their time. */
class ControlledServersTest extends ControlledEmulator {
  @Test
  void theTimeCanBeSetBeforeAnythingHappens() {
    var early =
        com.google.protobuf.Timestamp.newBuilder().setSeconds(1_582_934_400).build();
    var set = MoveClockRequest.newBuilder().setSetTo(early).build();
    assertThat(control.moveClock(set).getNow()).isEqualTo(early);
    client.execute("a");
    assertThatThrownBy(() -> control.moveClock(set))
        .hasMessageContaining("FAILED_PRECONDITION: cannot set the time");
  }

  @Test
  void theClockMovesForwardOnly() {
    var before = control.getClock(GetClockRequest.getDefaultInstance());
    assertThat(before.getManual()).isTrue();
    var later = before.getNow().toBuilder().setSeconds(before.getNow().getSeconds() + 60);
    var moved =
        control.moveClock(MoveClockRequest.newBuilder().setAdvanceTo(later).build());
    assertThat(moved.getNow()).isEqualTo(later.build());
    assertThatThrownBy(() -> control.moveClock(
            MoveClockRequest.newBuilder().setAdvanceTo(before.getNow()).build()))
        .hasMessageContaining("INVALID_ARGUMENT: advance_to: must not lead back");
    assertThatThrownBy(() -> control.moveClock(MoveClockRequest.getDefaultInstance()))
        .hasMessageContaining("INVALID_ARGUMENT: advance: must be set");
  }

  @Test
  void aQuotaIsSetAndTakenAway() {
    control.putJob(PutJobRequest.newBuilder().setStatus(JobStatus.EXECUTING).build());
    setQuota(1);
    var refused = client.execute("beyond");
    control.moveClock(MoveClockRequest.newBuilder().setAdvance(minutes(1)).build());

    assertThat(client.executeCreated(refused).getError().getMessage())
        .isEqualTo("Job execution quota exhausted");
    setQuota(0);
    assertThat(client.get(client.execute("free")).getStatus()).isEqualTo(JobStatus.SUCCESS);
    assertThatThrownBy(() -> setQuota(-1))
        .hasMessageContaining("INVALID_ARGUMENT: a quota lets at least 1 job be active, not -1");
  }

  private void setQuota(int jobs) {
    control.setQuota(SetQuotaRequest.newBuilder().setJobs(jobs).build());
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 0",
    "-9223372036854775808, 0",
    "253402300800, 0",
    "-62135596801, 0",
    "0, -1",
    "0, 1000000000",
    "0, -2147483648"
  })
  void aTimeThatIsNoneIsRefusedByName(long seconds, int nanos) {
    var time = Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos);
    assertThatThrownBy(() ->
            control.moveClock(MoveClockRequest.newBuilder().setAdvanceTo(time).build()))
        .hasMessageContaining("INVALID_ARGUMENT: advance_to: is no valid time");
    assertThatThrownBy(
            () -> control.moveClock(MoveClockRequest.newBuilder().setSetTo(time).build()))
        .hasMessageContaining("INVALID_ARGUMENT: set_to: is no valid time");
    var span = Duration.newBuilder().setSeconds(seconds).setNanos(nanos);
    assertThatThrownBy(() ->
            control.moveClock(MoveClockRequest.newBuilder().setAdvance(span).build()))
        .hasMessageContaining("INVALID_ARGUMENT: advance: ");
  }

  @Test
  void theClockStopsWhereTimesOnTheWireEnd() {
    var far = MoveClockRequest.newBuilder()
        .setAdvance(Duration.newBuilder().setSeconds(315_576_000_000L))
        .build();
    assertThatThrownBy(() -> control.moveClock(far))
        .hasMessageContaining("INVALID_ARGUMENT: advance: must not lead beyond the year 9999");
  }

  @Test
  void aServerOnTheTimeOfTheMachineMovesItToo() {
    var config = EmulatorConfig.onFreePorts();
    try (var server = Emulator.inProcess(config.with(config.jobs().with(RunnerKind.SCRIPTED)));
        var other = new TestClient(server.channel())) {
      var remote = ControlServiceGrpc.newBlockingStub(other.jobs.getChannel());
      server
          .whenExecuted(job -> true)
          .thenRun(script ->
              script.after(java.time.Duration.ofHours(1)).after(java.time.Duration.ofHours(1)));
      var id = other.execute("a");
      remote.moveClock(MoveClockRequest.newBuilder().setAdvance(minutes(119)).build());
      assertThat(other.get(id).getStatus()).isEqualTo(JobStatus.EXECUTING);
      // The second hour begins when a busy machine gets to it, so a little after the first
      remote.moveClock(MoveClockRequest.newBuilder().setAdvance(minutes(2)).build());
      assertThat(other.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);

      remote.reset(ResetRequest.newBuilder().setManualClock(true).build());

      assertThat(remote.getClock(GetClockRequest.getDefaultInstance()).getManual())
          .isTrue();
      assertThat(server.jobs()).isEmpty();
    }
  }

  @Test
  void aScriptedServerWithADataDirectoryCanBeResetToo(@TempDir Path folder) {
    var config = EmulatorConfig.onFreePorts();
    var scripted = config.with(config.jobs().with(RunnerKind.SCRIPTED)).inDataDir(folder);
    try (var server = Emulator.inProcess(scripted);
        var other = new TestClient(server.channel())) {
      other.create("a");
      ControlServiceGrpc.newBlockingStub(other.jobs.getChannel())
          .reset(ResetRequest.newBuilder().setManualClock(true).build());
      assertThat(server.jobs()).isEmpty();
    }
  }

  @Test
  void whereJobsRunTheirOwnCommandsItSaysWhatToDo() {
    var config = EmulatorConfig.onFreePorts();
    try (var real = Emulator.inProcess(config.with(config.jobs().with(RunnerKind.PROCESS)));
        var other = new TestClient(real.channel())) {
      var remote = ControlServiceGrpc.newBlockingStub(other.jobs.getChannel());
      assertThatThrownBy(() -> remote.save(SaveRequest.getDefaultInstance()))
          .hasMessageContaining("FAILED_PRECONDITION", "'scripted'");
      assertThatThrownBy(
              () -> remote.reset(ResetRequest.newBuilder().setManualClock(true).build()))
          .hasMessageContaining("FAILED_PRECONDITION");
      other.create("a");
      remote.reset(ResetRequest.getDefaultInstance());
      assertThat(real.jobs()).isEmpty();
      remote.moveClock(MoveClockRequest.newBuilder().setAdvance(minutes(1)).build());
    }
  }

  @Test
  void faultsAndJournalAreThereWhereJobsRunTheirOwnCommandsToo() {
    var config = EmulatorConfig.onFreePorts();
    try (var real = Emulator.inProcess(config.with(config.jobs().with(RunnerKind.PROCESS)));
        var other = new TestClient(real.channel())) {
      var remote = ControlServiceGrpc.newBlockingStub(other.jobs.getChannel());
      other.create("before anybody asks");
      remote.reset(ResetRequest.getDefaultInstance());
      var id = other.create("a");
      remote.addFault(AddFaultRequest.newBuilder()
          .setMethod("Get")
          .setFailWith(com.google.rpc.Status.newBuilder().setCode(14))
          .build());
      assertThatThrownBy(() -> other.get(id)).hasMessageContaining("UNAVAILABLE");
      assertThat(other.get(id).getId()).isEqualTo(id);
      assertThat(remote.listExchanges(ListExchangesRequest.getDefaultInstance()).getExchangesList())
          .extracting(Exchange::getMethod)
          .containsExactly("Create", "Get", "Get");
      other.jobs.cancel(CancelProjectJobRequest.newBuilder().setJobId(id).build());
      var timeline =
          remote.getTimeline(GetTimelineRequest.newBuilder().setJobId(id).build());
      assertThat(timeline.getEventsList())
          .extracting(event -> event.getText())
          .anyMatch(text -> text.startsWith("fault at Get"))
          .anyMatch(text -> text.startsWith("Cancel: CREATING -> CANCELLED"));
    }
  }

  @Test
  void anUploadFailsAsOrderedWhereJobsRunTheirOwnCommandsToo() throws Exception {
    var config = EmulatorConfig.onFreePorts();
    try (var real = Emulator.inProcess(config.with(config.jobs().with(RunnerKind.PROCESS)));
        var other = new TestClient(real.channel())) {
      real.faults().onUpload().respondWith(503, "busy");
      var upload = (HttpURLConnection) URI.create(other.uploadUrl()).toURL().openConnection();
      upload.setRequestMethod("PUT");
      upload.setDoOutput(true);
      upload.getOutputStream().write('a');
      assertThat(upload.getResponseCode()).isEqualTo(503);
      assertThat(real.undone()).isEmpty();
    }
  }

  private static Duration minutes(int minutes) {
    return Duration.newBuilder().setSeconds(60L * minutes).build();
  }
}
