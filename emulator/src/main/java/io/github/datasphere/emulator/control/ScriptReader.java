package io.github.datasphere.emulator.control;

import io.github.datasphere.emulator.grpc.mapping.TimeMapping;
import io.github.datasphere.emulator.job.validation.Violations;
import io.github.datasphere.emulator.runner.scripted.Gate;
import io.github.datasphere.emulator.runner.scripted.JobView;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.proto.emulator.JobCondition;
import io.github.datasphere.proto.emulator.Step;
import io.grpc.Status;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Turns the scripts that the control service receives into scripts of this process. */
final class ScriptReader {
  private static final int MOST_REACTIONS = 20;

  private final Function<String, Gate> gates;

  /**
   * Makes a reader for one emulator.
   *
   * @param gates finds or makes a gate by its name
   */
  ScriptReader(Function<String, Gate> gates) {
    this.gates = gates;
  }

  static Predicate<JobView> condition(JobCondition when) {
    return job -> fits(when.getProjectId(), job::projectId)
        && fits(when.getName(), job::name)
        && fits(when.getCmd(), job::cmd)
        && (when.getCmdContains().isEmpty() || job.cmd().contains(when.getCmdContains()));
  }

  /** Reads the value only if the pattern asks for it, see {@link JobView}. */
  private static boolean fits(String wanted, Supplier<String> value) {
    return wanted.isEmpty() || wanted.equals(value.get());
  }

  /**
   * Reads a script.
   *
   * @throws IllegalArgumentException if a step is impossible; the message names its field
   */
  Script read(io.github.datasphere.proto.emulator.Script proto, String field) {
    return read(proto, field, 0);
  }

  private Script read(
      io.github.datasphere.proto.emulator.Script proto, String field, int reactions) {
    if (reactions > MOST_REACTIONS) {
      throw new IllegalArgumentException(
          field + ": is the reaction to more than " + MOST_REACTIONS + " signals in turn");
    }
    var script = Script.empty();
    for (int i = 0; i < proto.getStepsCount(); i++) {
      script = with(script, proto.getSteps(i), field + ".steps[" + i + "]");
    }
    if (proto.hasPreparesFor()) {
      script = script.preparesFor(duration(proto.getPreparesFor(), field + ".prepares_for"));
    }
    if (proto.hasUploadsFor()) {
      script = script.uploadsFor(duration(proto.getUploadsFor(), field + ".uploads_for"));
    }
    return reacting(script, proto, field, reactions);
  }

  private Script reacting(
      Script script,
      io.github.datasphere.proto.emulator.Script proto,
      String field,
      int reactions) {
    if (proto.hasOnSignal()) {
      var onSignal = field + ".on_signal";
      return named(
          onSignal, () -> script.onSignal(read(proto.getOnSignal(), onSignal, reactions + 1)));
    }
    return proto.getIgnoresSignals() ? script.ignoresSignals() : script;
  }

  private Script with(Script script, Step step, String field) {
    return named(field, () -> switch (step.getStepCase()) {
      case STDOUT -> script.stdout(step.getStdout());
      case STDERR -> script.stderr(step.getStderr());
      case SYSTEM_LOG -> script.systemLog(step.getSystemLog());
      case AFTER -> script.after(duration(step.getAfter(), field + ".after"));
      case LASTS -> script.lasts(duration(step.getLasts(), field + ".lasts"));
      case WRITES ->
        script.writes(step.getWrites().getPath(), step.getWrites().getContent().toByteArray());
      case PROGRESS ->
        script.progress(step.getProgress().getPercent(), step.getProgress().getMessage());
      case WAITS_FOR -> script.waitsFor(gates.apply(step.getWaitsFor()));
      case EXITS -> script.exits(step.getExits());
      case FAILS_WITH ->
        script.failsWith(
            Status.fromCodeValue(step.getFailsWith().getCode()).getCode(),
            step.getFailsWith().getMessage());
      case FAILS_WHILE_PREPARING ->
        script.failsWhilePreparing(
            Status.fromCodeValue(step.getFailsWhilePreparing().getCode()).getCode(),
            step.getFailsWhilePreparing().getMessage());
      case BEGINS -> begun(script, step.getBegins());
      case STEP_NOT_SET -> throw new IllegalArgumentException("is empty: set what it does");
    });
  }

  private static Script begun(Script script, boolean begins) {
    if (!begins) {
      throw new IllegalArgumentException(
          "begins must be true: leave the step out where the command does not begin");
    }
    return script.begins();
  }

  /** Adds the name of the field to the message of a failure. */
  private static Script named(String field, Supplier<Script> script) {
    try {
      return script.get();
    } catch (IllegalArgumentException | IllegalStateException e) {
      var known = e.getMessage() != null && e.getMessage().startsWith(field);
      throw new IllegalArgumentException(known ? e.getMessage() : field + ": " + e.getMessage(), e);
    }
  }

  static Duration duration(com.google.protobuf.Duration proto, String field) {
    var violations = Violations.of(field);
    var duration = TimeMapping.toDomain(proto, violations);
    violations.require(!duration.isNegative(), "must not be negative: time only goes on");
    if (!violations.all().isEmpty()) {
      throw new IllegalArgumentException(field + ": " + violations.all().get(0).message());
    }
    return duration;
  }
}
