package io.github.datasphere.emulator.runner.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.JobRunner;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The container of a job.
 *
 * @param id of the container
 * @param strangers gets the id of each container that is made beside it
 */
record OutsideVictim(
    DockerEngine engine, JobRunner runner, Job job, String id, Consumer<String> strangers) {
  /** What the engine may refuse. */
  @FunctionalInterface
  interface Quiet {
    void run() throws InterruptedException;
  }

  DockerClient client() {
    return engine.client();
  }

  String imageId() {
    return client().inspectContainerCmd(id).exec().getImageId();
  }

  void signal(String signal) {
    client().killContainerCmd(id).withSignal(signal).exec();
  }

  void cancel() {
    runner.kill(job.id());
  }

  void quietly(Quiet deed) throws InterruptedException {
    try {
      deed.run();
    } catch (DockerException e) {
      // The engine refuses, as it should
    }
  }

  void exec(String command) throws InterruptedException {
    var made = client()
        .execCreateCmd(id)
        .withCmd("bash", "-c", command)
        .withWorkingDir("/")
        .withAttachStdout(true)
        .exec();
    client()
        .execStartCmd(made.getId())
        .exec(new ResultCallback.Adapter<Frame>())
        .awaitCompletion();
  }

  void execDetached(String command) throws InterruptedException {
    var made = client().execCreateCmd(id).withCmd("bash", "-c", command).exec();
    client()
        .execStartCmd(made.getId())
        .withDetach(true)
        .exec(new ResultCallback.Adapter<Frame>())
        .awaitCompletion();
  }

  void attach(String text) throws Exception {
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    try (var attached = client()
        .attachContainerCmd(id)
        .withStdIn(in)
        .withFollowStream(true)
        .exec(new ResultCallback.Adapter<Frame>())) {
      attached.awaitStarted();
    }
  }

  void stranger(String name, Map<String, String> labels, HostConfig config) {
    var stranger = client()
        .createContainerCmd(RealEngine.image())
        .withCmd("sleep", "1000")
        .withName(name)
        .withLabels(labels)
        .withHostConfig(config)
        .exec()
        .getId();
    strangers.accept(stranger);
    client().startContainerCmd(stranger).exec();
  }
}
