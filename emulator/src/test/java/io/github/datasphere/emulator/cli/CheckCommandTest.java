package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.TestClient;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.proto.jobs.JobParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command against another emulator, which stands for the service and is asked over TLS. */
class CheckCommandTest {
  private static final String PROJECT = "bt1checkedproject000";

  private Emulator service;

  @TempDir
  Path folder;

  @BeforeEach
  void start() {
    var config = EmulatorConfig.onFreePorts();
    service = Emulator.start(config.with(config.jobs().with(RunnerKind.SCRIPTED)));
    service.whenExecuted(job -> true).thenRun(Script.empty().stdout("hello\n"));
    record();
  }

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void aServiceThatAnswersAlikeHasNotChangedAndKeepsNothing() {
    var there = service.givenJob(job -> job.project(PROJECT));
    var shell = shell();

    assertThat(againstService(shell)).as(shell.out() + shell.err()).isZero();
    assertThat(shell.out())
        .contains("deleted, and proved to be gone: job ")
        .contains(" calls compared, 0 changed, 0 not reissuable, 0 not reachable");
    assertThat(service.jobs()).extracting(job -> job.getId()).containsExactly(there);
  }

  @Test
  void whatTheServiceSaysNowIsToldAsChanged() {
    service.whenExecuted(job -> true).thenRun(Script.empty().stdout("good bye\n"));
    var shell = shell();

    assertThat(againstService(shell)).as(shell.out() + shell.err()).isEqualTo(1);
    assertThat(shell.out())
        .contains("changed: call 3 ProjectJobService.ReadLogs log of OUT")
        .contains(" calls compared, 1 changed, 0 not reissuable, 0 not reachable");
    assertThat(service.jobs()).isEmpty();
  }

  @Test
  void aServiceWithACertificateOfAnotherIsNotReachable() {
    var shell = shell();

    assertThat(run(shell, List.of())).isEqualTo(1);
    assertThat(shell.out()).contains("not reachable: the jobs of project " + PROJECT);
    assertThat(service.journal().exchanges()).isEmpty();
  }

  @Test
  void withoutATokenNothingIsAsked() {
    var shell = new Shell(folder);

    assertThat(againstService(shell)).isEqualTo(2);
    assertThat(shell.err()).contains("an IAM token in YC_IAM_TOKEN");
    assertThat(service.journal().exchanges()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--project", "--budget"})
  void withoutProjectOrBudgetNothingIsAsked(String missing) {
    var shell = shell();
    var line = new ArrayList<>(asked());
    line.subList(line.indexOf(missing), line.indexOf(missing) + 2).clear();

    assertThat(shell.run(line.toArray(String[]::new))).isEqualTo(2);
    assertThat(shell.err()).contains("so it needs --project, --budget, and an IAM token");
    assertThat(service.journal().exchanges()).isEmpty();
  }

  @Test
  void whatWouldShowOrChangeTheJobsOfOthersIsNotReissuable() {
    var there = service.givenJob(job -> job.project(PROJECT));
    record((emulator, client) -> {
      client.get(emulator.givenJob(job -> job.project("bt1project")));
      client.get(client.create(JobParameters.newBuilder().setCmd("true"), "not executed"));
    });
    var shell = shell();

    assertThat(againstService(shell)).as(shell.out() + shell.err()).isZero();
    assertThat(shell.out())
        .contains("not reissuable: call 1 ProjectJobService.Get, which asks for something that this"
            + " check has not made")
        .contains("deleted, and proved to be gone: job ")
        .contains(" 0 changed, 1 not reissuable, 0 not reachable");
    assertThat(service.jobs()).extracting(job -> job.getId()).containsExactly(there);
  }

  @Test
  void aServiceThatIsAwayIsNotReachable() {
    var trust = List.of("--upstream-ca", service.addresses().certificate().toString());
    var away = new ArrayList<>(asked());
    away.set(away.size() - 1, "127.0.0.1:1");
    away.addAll(trust);
    var shell = shell();

    assertThat(shell.run(away.toArray(String[]::new)))
        .as(shell.out() + shell.err())
        .isEqualTo(1);
    assertThat(shell.out())
        .contains("not reachable: the jobs of project " + PROJECT + " cannot be listed")
        .contains("0 calls compared, 0 changed, 0 not reissuable, 1 not reachable");
  }

  @Test
  void theEmulatorAnswersAsItWasRecorded() {
    var shell = shell();

    assertThat(shell.run("check", "recording")).as(shell.out() + shell.err()).isZero();
    assertThat(shell.out()).contains("4 calls compared, 0 differences, 0 accepted");
  }

  /** Makes four calls for one job. */
  private void record() {
    record((emulator, client) -> {
      var id = client.create(JobParameters.newBuilder().setCmd("echo hello"), "reissued");
      client.executeCreated(id);
      client.readLogs(id);
      client.get(id);
    });
  }

  private void record(BiConsumer<Emulator, TestClient> calls) {
    try (var recorded = Emulator.inProcess();
        var client = new TestClient(recorded.channel())) {
      recorded.whenExecuted(job -> true).thenRun(Script.empty().stdout("hello\n"));
      calls.accept(recorded, client);
      recorded.journal().saveTo(folder.resolve("recording"));
    }
  }

  private Shell shell() {
    return new Shell(folder, Map.of("YC_IAM_TOKEN", "t1.check"));
  }

  private int againstService(Shell shell) {
    return run(shell, List.of("--upstream-ca", service.addresses().certificate().toString()));
  }

  private int run(Shell shell, List<String> trust) {
    var line = new ArrayList<>(asked());
    line.addAll(trust);
    return shell.run(line.toArray(String[]::new));
  }

  /** The command without its trust. */
  private List<String> asked() {
    return List.of(
        "check",
        "recording",
        "--against-service",
        "--project",
        PROJECT,
        "--budget",
        "5m",
        "--upstream",
        service.addresses().tls());
  }
}
