package io.github.datasphere.emulator;

import com.google.protobuf.ProtocolMessageEnum;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.runner.scripted.Gate;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.emulator.testing.ProtoStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Describes a job that a test puts in directly, see {@link Emulator#givenJob}. Immutable: every
 * method returns a new seed.
 */
public final class JobSeed {
  private final Texts texts;
  private final JobStatus status;
  private final Duration age;
  private final Duration ttl;
  private final Script script;
  private final Map<String, byte[]> inputs;
  private final Map<String, byte[]> outputs;

  private JobSeed(
      Texts texts,
      JobStatus status,
      Duration age,
      Duration ttl,
      Script script,
      Map<String, byte[]> inputs,
      Map<String, byte[]> outputs) {
    this.texts = texts;
    this.status = status;
    this.age = age;
    this.ttl = ttl;
    this.script = script;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  static JobSeed succeeded() {
    // Each seed gets its own gate, since a gate remembers which jobs wait
    return new JobSeed(
        new Texts("bt1project", "seeded", "true", ""),
        JobStatus.SUCCESS,
        Duration.ZERO,
        Duration.ofDays(14),
        Script.empty().waitsFor(new Gate("that stays shut")),
        Map.of(),
        Map.of());
  }

  public JobSeed project(String id) {
    return with(new Texts(id, texts.name(), texts.cmd(), texts.stdout()));
  }

  public JobSeed name(String name) {
    return with(new Texts(texts.project(), name, texts.cmd(), texts.stdout()));
  }

  public JobSeed cmd(String cmd) {
    return with(new Texts(texts.project(), texts.name(), cmd, texts.stdout()));
  }

  /** Sets what the job has printed. */
  public JobSeed stdout(String text) {
    return with(new Texts(texts.project(), texts.name(), texts.cmd(), text));
  }

  /**
   * Sets the state of the job.
   *
   * @param status a value of our {@code io.github.datasphere.proto.jobs.JobStatus} or of the
   *     official SDK's
   * @throws IllegalArgumentException for another enum, and for CANCELLING and UPLOADING_OUTPUT,
   *     which a job only passes through
   */
  public JobSeed status(ProtocolMessageEnum status) {
    var state = ProtoStatus.toDomain(status);
    if (state == JobStatus.CANCELLING || state == JobStatus.UPLOADING_OUTPUT) {
      throw new IllegalArgumentException(
          "a job cannot be put in as " + state + ": that is a moment of"
              + " its way; put it in as EXECUTING with a script that ignores signals, and cancel it");
    }
    return new JobSeed(texts, state, age, ttl, script, inputs, outputs);
  }

  /**
   * Lets the job run as this script says. A running job without a script runs until it is
   * cancelled.
   */
  public JobSeed running(Script running) {
    return new JobSeed(texts, JobStatus.EXECUTING, age, ttl, running, inputs, outputs);
  }

  /** Sets how long ago the job was created; if it has ended, also how long ago it ended. */
  public JobSeed age(Duration sinceCreation) {
    if (sinceCreation.isNegative()) {
      throw new IllegalArgumentException("a job cannot be " + sinceCreation + " old");
    }
    return new JobSeed(texts, status, sinceCreation, ttl, script, inputs, outputs);
  }

  /** Sets how long the data of the job live after its end; the default is 14 days. */
  public JobSeed ttl(Duration time) {
    return new JobSeed(texts, status, age, time, script, inputs, outputs);
  }

  /** Adds an input file, stored as if it had been uploaded. */
  public JobSeed input(String path, byte[] content) {
    return new JobSeed(texts, status, age, ttl, script, with(inputs, path, content), outputs);
  }

  /** Adds an input file with this text. */
  public JobSeed input(String path, String text) {
    return input(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an output file; only a job that has ended has outputs. */
  public JobSeed output(String path, byte[] content) {
    return new JobSeed(texts, status, age, ttl, script, inputs, with(outputs, path, content));
  }

  /** Adds an output file with this text. */
  public JobSeed output(String path, String text) {
    return output(path, text.getBytes(StandardCharsets.UTF_8));
  }

  Texts texts() {
    return texts;
  }

  JobStatus status() {
    return status;
  }

  Duration age() {
    return age;
  }

  Duration ttl() {
    return ttl;
  }

  Script script() {
    return script;
  }

  Map<String, byte[]> inputs() {
    return inputs;
  }

  Map<String, byte[]> outputs() {
    return outputs;
  }

  private static Map<String, byte[]> with(Map<String, byte[]> files, String path, byte[] content) {
    var more = new LinkedHashMap<>(files);
    more.put(path, content.clone());
    return more;
  }

  private JobSeed with(Texts changed) {
    return new JobSeed(changed, status, age, ttl, script, inputs, outputs);
  }

  record Texts(String project, String name, String cmd, String stdout) {}
}
