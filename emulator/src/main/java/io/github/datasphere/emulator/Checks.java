package io.github.datasphere.emulator;

import io.github.datasphere.emulator.check.CheckReport;
import io.github.datasphere.emulator.check.CheckTarget;
import io.github.datasphere.emulator.check.RecordedRun;
import io.github.datasphere.emulator.check.RecordedRuns;
import io.github.datasphere.emulator.check.SessionCheck;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionException;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipInputStream;

/** Compares the emulator with recordings, and lets its jobs do what recorded ones did. */
public final class Checks {
  private Checks() {}

  /**
   * Repeats the client's side of a recording against a new emulator, on virtual time. Its jobs do
   * by script what they did when it was recorded.
   *
   * @throws SessionException if the recording cannot be used
   */
  public static CheckReport check(Path folder) {
    var recording = Recording.read(folder, new Api());
    // One that is asked for its endpoints has to have some
    boolean withPorts = recording.calls().stream()
        .anyMatch(call -> call.started().method().startsWith("yandex.cloud.endpoint."));
    var config = EmulatorConfig.onFreePorts();
    try (var emulator = Emulator.testDouble(config, withPorts, new HttpPorts(0))) {
      emulator.clock().setTo(recording.header().recordedAt());
      var channel = emulator.channel();
      try {
        return SessionCheck.of(recording, new Target(emulator, channel, recording));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  /**
   * Returns, for each job of a recording in the order in which they were executed, a script that
   * does what the job did: prints, progress, outputs, exit code, and how long all took. Outputs
   * whose content the recording lacks are not written.
   *
   * @throws SessionException if the recording cannot be used
   */
  public static List<Script> scripts(Path folder) {
    var recording = Recording.read(folder, new Api());
    return RecordedRuns.of(recording).stream()
        .map(run -> script(run, recording))
        .toList();
  }

  private static Script script(RecordedRun run, Recording recording) {
    if (run.failedEarly()) {
      return told(run).failsWhilePreparing(code(run.error().code()), run.error().text());
    }
    var script = printed(prepared(run), run);
    for (var output : run.outputs().entrySet()) {
      script = written(script, output.getKey(), output.getValue(), recording);
    }
    if (run.progress().isPresent()) {
      var last = run.progress().get();
      script = script.progress(last.percent(), last.text());
    }
    script = script.lasts(run.lasted());
    if (run.exitCode().isPresent()) {
      return script.exits(run.exitCode().getAsInt());
    }
    return run.error().code() == 0
        ? script
        : script.failsWith(code(run.error().code()), run.error().text());
  }

  private static Script prepared(RecordedRun run) {
    return run.prints().stream().anyMatch(Checks::isEarly)
        ? told(run).begins()
        : Script.empty().preparesFor(run.prepared());
  }

  /** Prints what the system's log told before the command began, or could not begin. */
  private static Script told(RecordedRun run) {
    var script = Script.empty();
    var now = Duration.ZERO;
    for (var print : run.prints()) {
      if (!isEarly(print) && !(run.failedEarly() && isOfSystem(print))) {
        continue;
      }
      var at = print.at().isNegative() ? run.prepared().plus(print.at()) : run.prepared();
      if (at.compareTo(now) > 0) {
        script = script.after(at.minus(now));
        now = at;
      }
      script = script.prints(print.log(), print.content());
    }
    return script.after(run.prepared().minus(now));
  }

  private static boolean isEarly(RecordedRun.Print print) {
    return print.at().isNegative() && isOfSystem(print);
  }

  private static boolean isOfSystem(RecordedRun.Print print) {
    return source(print.log()).equals(".system.log");
  }

  /** Prints in the order of the recording; times of different logs may overtake each other. */
  private static Script printed(Script begun, RecordedRun run) {
    var script = begun;
    var now = Duration.ZERO;
    for (var print : run.prints()) {
      if (isEarly(print)) {
        continue;
      }
      var at = print.at().compareTo(run.lasted()) > 0 ? run.lasted() : print.at();
      if (at.compareTo(now) > 0) {
        script = script.after(at.minus(now));
        now = at;
      }
      script = script.prints(source(print.log()), print.content());
    }
    return script;
  }

  private static Script written(
      Script script, String path, RecordedRun.Output output, Recording recording) {
    try (var content = recording.file(output.sha256()).orElse(null)) {
      if (content == null) {
        return script;
      }
      if (!output.isZipped()) {
        return script.writes(path, content.readAllBytes());
      }
      var all = script;
      var zip = new ZipInputStream(content);
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          // In the archive all stands below the folder's own name, whose path this is
          var below = entry.getName().substring(entry.getName().indexOf('/') + 1);
          all = all.writes(path + "/" + below, zip.readAllBytes());
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("a file of the recording cannot be read", e);
    }
  }

  private static String source(String log) {
    return log.equals("out") || log.equals("err") ? "std" + log : log;
  }

  private static Status.Code code(int number) {
    return ErrorCode.of(number).isEmpty()
        ? Status.Code.INTERNAL
        : Status.fromCodeValue(number).getCode();
  }

  private record Target(Emulator emulator, ManagedChannel connection, Recording recording)
      implements CheckTarget {
    @Override
    public Channel channel() {
      return connection;
    }

    @Override
    public void advanceTo(Instant time) {
      emulator.clock().advanceTo(time);
    }

    @Override
    public void prepare(List<RecordedRun> runs) {
      if (!runs.isEmpty()) {
        var stub = emulator.whenExecuted(job -> true);
        runs.forEach(run -> stub.thenRun(script(run, recording)));
      }
    }
  }
}
