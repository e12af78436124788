package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.runner.scripted.Gate;
import io.github.datasphere.emulator.runner.scripted.Script;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job that a test puts into a world directly. Each method returns a changed copy.
 *
 * @param age how long ago the job was created; if it has ended, also how long ago it ended
 * @param ttl how long its data live after its end
 * @param script what the job does from now on if it runs
 * @param inputs contents by path
 * @param outputs contents by path; only a job that has ended has outputs
 */
public record GivenJob(
    Texts texts,
    JobStatus status,
    Duration age,
    Duration ttl,
    Script script,
    Map<String, byte[]> inputs,
    Map<String, byte[]> outputs) {

  private static final Duration USUAL_TTL = Duration.ofDays(14);

  /** The texts of a job, and what it has printed. */
  public record Texts(String project, String name, String cmd, String stdout) {}

  public static GivenJob succeeded() {
    // Each job gets its own gate, since a gate remembers which jobs wait
    return new GivenJob(
        new Texts("bt1project", "seeded", "true", ""),
        JobStatus.SUCCESS,
        Duration.ZERO,
        USUAL_TTL,
        Script.empty().waitsFor(new Gate("that stays shut")),
        Map.of(),
        Map.of());
  }

  public GivenJob project(String id) {
    return with(new Texts(id, texts.name(), texts.cmd(), texts.stdout()));
  }

  public GivenJob name(String name) {
    return with(new Texts(texts.project(), name, texts.cmd(), texts.stdout()));
  }

  public GivenJob cmd(String cmd) {
    return with(new Texts(texts.project(), texts.name(), cmd, texts.stdout()));
  }

  public GivenJob stdout(String text) {
    return with(new Texts(texts.project(), texts.name(), texts.cmd(), text));
  }

  public GivenJob status(JobStatus state) {
    if (state == JobStatus.CANCELLING || state == JobStatus.UPLOADING_OUTPUT) {
      throw new IllegalArgumentException(
          "a job cannot be put in as " + state + ": that is a moment of"
              + " its way; put it in as EXECUTING with a script that ignores signals, and cancel it");
    }
    return new GivenJob(texts, state, age, ttl, script, inputs, outputs);
  }

  public GivenJob running(Script running) {
    return new GivenJob(texts, JobStatus.EXECUTING, age, ttl, running, inputs, outputs);
  }

  public GivenJob age(Duration sinceCreation) {
    if (sinceCreation.isNegative()) {
      throw new IllegalArgumentException("a job cannot be " + sinceCreation + " old");
    }
    return new GivenJob(texts, status, sinceCreation, ttl, script, inputs, outputs);
  }

  public GivenJob ttl(Duration time) {
    return new GivenJob(texts, status, age, time, script, inputs, outputs);
  }

  public GivenJob input(String path, byte[] content) {
    return new GivenJob(texts, status, age, ttl, script, with(inputs, path, content), outputs);
  }

  public GivenJob output(String path, byte[] content) {
    return new GivenJob(texts, status, age, ttl, script, inputs, with(outputs, path, content));
  }

  private static Map<String, byte[]> with(Map<String, byte[]> files, String path, byte[] content) {
    var more = new LinkedHashMap<>(files);
    more.put(path, content.clone());
    return more;
  }

  private GivenJob with(Texts changed) {
    return new GivenJob(changed, status, age, ttl, script, inputs, outputs);
  }
}
