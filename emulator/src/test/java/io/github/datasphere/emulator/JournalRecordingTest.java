package io.github.datasphere.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event.Advanced;
import io.github.datasphere.emulator.session.Event.FaultStep;
import io.github.datasphere.emulator.session.Event.Faulted;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.TimedEvent;
import io.github.datasphere.emulator.testing.RecordedCall;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.Environment;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal of a test is a recording: it is saved, checked, replayed, and run again. */
class JournalRecordingTest {
  private final Emulator emulator = Emulator.inProcess();
  private final TestClient client = new TestClient(emulator.channel());

  @TempDir
  Path folder;

  @AfterEach
  void close() {
    client.close();
    emulator.close();
  }

  @Test
  void whatWasCalledIsCheckedWithoutADifference() throws Exception {
    runJob();
    assertThat(put(client.uploadUrl(), "a")).isEqualTo(200);

    assertThat(emulator.journal().saveTo(out())).isEmpty();

    var report = Checks.check(out());
    assertThat(report.differences()).isEmpty();
    assertThat(report.notes()).isEmpty();
    assertThat(report.compared()).isEqualTo(emulator.journal().exchanges().size());
  }

  @Test
  void theSavedJobIsReplayed() {
    var id = runJob();
    emulator.journal().saveTo(out());
    try (var replayed = ReplayedService.start(out(), 0, EmulatorConfig.onFreePorts(), false);
        var second = new TestClient(replayed.channel())) {
      var again = second.create(parameters(), "saved");
      second.executed(again);

      assertThat(log(second, again)).isEqualTo("half way\nnearly\n");
      assertThat(second.get(again).getStatus()).isEqualTo(JobStatus.SUCCESS);
      assertThat(replayed.misses()).isEmpty();
      assertThat(replayed.unused()).isEmpty();
      assertThat(again).isNotEqualTo(id).hasSameSizeAs(id);
    }
  }

  @Test
  void aScriptDoesWhatTheSavedJobDid() {
    runJob();
    emulator.journal().saveTo(out());
    try (var other = Emulator.inProcess();
        var second = new TestClient(other.channel())) {
      other.whenExecuted(job -> true).thenRun(Checks.scripts(out()).get(0));
      var id = second.create(parameters(), "again");
      second.executed(id);
      other.clock().advance(Duration.ofSeconds(90));

      assertThat(second.get(id).getStatus()).isEqualTo(JobStatus.EXECUTING);
      other.clock().advance(Duration.ofMinutes(1));
      assertThat(log(second, id)).isEqualTo("half way\nnearly\n");
      assertThat(second.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
      assertThat(second.get(id).getOutputFiles(0).getDesc().getPath()).isEqualTo("out.txt");
    }
  }

  @Test
  void timesAreThoseOfTheEmulatorsClock() {
    runJob();
    emulator.journal().saveTo(out());
    var recording = Recording.read(out(), new Api());

    assertThat(recording.end()).isEqualTo(Duration.ofMinutes(2));
    assertThat(recording.calls())
        .first()
        .satisfies(call -> assertThat(call.at()).isZero());
  }

  @Test
  void movesOfTheClockAndFaultsAreEvents() {
    emulator.clock().advance(Duration.ofDays(1));
    emulator.faults().failNext(1, "Get", Status.ABORTED);
    var id = client.create(parameters(), "saved");
    emulator.clock().advance(Duration.ofMinutes(2));
    emulator.clock().advanceTo(emulator.clock().now().plusSeconds(30));
    assertThatThrownBy(() -> client.get(id)).hasMessageContaining("ABORTED");
    emulator.journal().saveTo(out());

    assertThat(eventsOf(out()))
        .filteredOn(event -> event.event() instanceof Advanced || event.event() instanceof Faulted)
        .satisfiesExactly(
            clock -> assertThat(clock)
                .isEqualTo(new TimedEvent(Duration.ZERO, new Advanced(Duration.ofSeconds(150)))),
            fault -> {
              assertThat(fault.at()).isEqualTo(Duration.ofSeconds(150));
              assertThat(fault.event())
                  .isEqualTo(new Faulted(
                      2,
                      "a failure with ABORTED",
                      List.of(new FaultStep("fail", Duration.ZERO, 0, "ABORTED", ""))));
            });
    assertThat(Checks.check(out()).compared()).isEqualTo(2);
  }

  private static List<TimedEvent> eventsOf(Path recording) {
    var all = new ArrayList<TimedEvent>();
    Recording.read(recording, new Api(), all::add);
    return all;
  }

  @Test
  void aServerForOthersKeepsNoContentUntilThisProgramAsksForIt() {
    var config = EmulatorConfig.onFreePorts();
    try (var server = Emulator.start(config.with(config.jobs().with(RunnerKind.SCRIPTED)));
        var other = new TestClient(server.channel())) {
      var early = other.create(parameters(), "early");
      var journal = server.journal();
      assertThatThrownBy(() -> journal.saveTo(out())).hasMessageContaining("no such call");

      other.get(early);
      assertThat(journal.exchanges()).hasSize(2);
      assertThat(journal.saveTo(out()))
          .containsExactly(
              "Calls that came before the program asked for the journal are missing: 1."
                  + " Call journal() before the calls that it shall keep.");
    }
  }

  @Test
  void noSecretIsInAnyByteOfTheFolder() throws Exception {
    var environment = Environment.newBuilder().putVars("DB_PASSWORD", "hunter2hunter2");
    var id = client.create(
        JobParameters.newBuilder().setCmd("echo hunter2hunter2").setEnv(environment),
        "of customer-4711");
    emulator
        .whenExecuted(job -> true)
        .thenRun(Script.empty().stdout("it is hunter2").stdout("hunter2, of customer-4711\n"));
    client.executed(id);
    log(client, id);
    emulator.journal().saveTo(out(), Pattern.compile("customer-\\d+"));

    assertThat(everyByte())
        .doesNotContain("hunter2hunter2")
        .doesNotContain("customer-4711")
        .doesNotContain(id)
        .contains("***variable-1***", "***redacted-1***");
  }

  @Test
  void callsOfOneJobAloneAreSaved() {
    client.execute("first");
    var second = client.execute("second");
    client.get(second);
    emulator.journal().saveTo(out(), call -> isOf(second, call));

    assertThat(Recording.read(out(), new Api()).calls())
        .extracting(call -> call.call().orElseThrow().bareName())
        .containsExactly("Execute", "Get");
  }

  @Test
  void whatTheJournalDoesNotKeepIsTold() {
    var line = "x\n".repeat(512 << 10);
    var script = Script.empty();
    for (int i = 0; i < 9; i++) {
      script = script.prints("stdout", line.getBytes(ISO_8859_1));
    }
    emulator.whenExecuted(job -> true).thenRun(script);
    log(client, client.execute("chatty"));

    assertThat(emulator.journal().saveTo(out()))
        .singleElement()
        .asString()
        .matches("Call 3 answered more than the journal keeps: its last \\d+ replies are missing.");
  }

  @Test
  void anEmptyJournalIsNoRecording() {
    assertThatThrownBy(() -> emulator.journal().saveTo(out()))
        .hasMessageContaining("There is nothing to save")
        .hasMessageContaining("call journal() before");
    assertThat(out()).doesNotExist();
  }

  @Test
  void aSavepointKeepsWhatWasCalled() {
    client.execute("before");
    var saved = emulator.save();
    client.execute("after");
    emulator.restore(saved);
    emulator.journal().saveTo(out());

    assertThat(Recording.read(out(), new Api()).calls()).hasSize(2);
  }

  /** Runs a job that takes two minutes; returns its id. */
  private String runJob() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(Script.empty()
            .after(Duration.ofSeconds(30))
            .stdout("half way\n")
            .after(Duration.ofSeconds(30))
            .stdout("nearly\n")
            .writes("out.txt", "result")
            .lasts(Duration.ofMinutes(2)));
    var id = client.create(parameters(), "saved");
    client.executed(id);
    emulator.clock().advance(Duration.ofMinutes(2));
    log(client, id);
    assertThat(client.get(id)).extracting(Job::getStatus).isEqualTo(JobStatus.SUCCESS);
    return id;
  }

  private static JobParameters.Builder parameters() {
    return JobParameters.newBuilder()
        .setCmd("python train.py")
        .addOutputFiles(FileDesc.newBuilder().setPath("out.txt"));
  }

  private static String log(TestClient of, String id) {
    var log = new StringBuilder();
    of.jobs
        .readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build())
        .forEachRemaining(page ->
            page.getLogsList().forEach(record -> log.append(record.getContent().toStringUtf8())));
    return log.toString();
  }

  private static boolean isOf(String job, RecordedCall call) {
    var request = call.request();
    return request != null
        && !(request instanceof CreateProjectJobRequest)
        && request.toString().contains(job);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private String everyByte() throws Exception {
    var all = new StringBuilder();
    try (var files = Files.walk(out())) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return all.toString();
  }

  private static int put(String url, String content) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url))
        .PUT(HttpRequest.BodyPublishers.ofString(content))
        .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
