package io.github.datasphere.emulator.runner.docker.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.docker.Attachment;
import io.github.datasphere.emulator.docker.ContainerEvents;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.docker.tar.TarFormat;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job's container, with the supervisor as its process 1. */
public final class JobContainer {
  private static final Logger LOG = LoggerFactory.getLogger(JobContainer.class);
  private static final int LONGEST_SENT = 16 * 1024;

  private final DockerEngine engine;
  private final String id;
  private final FirstWords firstWords = new FirstWords();
  private volatile boolean removed;
  private @Nullable Attachment streams;
  private @Nullable Attachment input;
  private @Nullable Attachment logs;
  private boolean isDetached;

  public JobContainer(DockerEngine engine, String id) {
    this.engine = engine;
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** Attaches first, so that no output and no end of the lease is missed. */
  public void start() throws DockerEngineException {
    var opened = Attachment.open(engine, id);
    synchronized (this) {
      streams = opened;
    }
    engine.ask(() -> engine.client().startContainerCmd(id).exec());
  }

  /** Attaches again, to what the container writes from now on. */
  public Attachment attach() throws DockerEngineException {
    var opened = Attachment.open(engine, id);
    letGo();
    synchronized (this) {
      streams = opened;
    }
    breakOffIfDetached();
    return opened;
  }

  /** Lets go of the streams, which have ended; who speaks to the supervisor then opens its own. */
  public void letGo() {
    Attachment before;
    synchronized (this) {
      before = streams;
      streams = null;
    }
    if (before != null) {
      before.close();
    }
  }

  /** Speaks to the supervisor, also of a container that an earlier emulator started. */
  public void send(byte[] request) throws IOException {
    Attachment open;
    synchronized (this) {
      if (streams == null && input == null) {
        input = Attachment.input(engine, id);
      }
      open = streams == null ? input : streams;
    }
    if (open != null) {
      open.send(request);
    }
    breakOffIfDetached();
  }

  /** Notes the stream that is being read; it is closed when the container is let go of. */
  public void reading(Attachment all) {
    synchronized (this) {
      logs = all;
    }
    breakOffIfDetached();
  }

  /**
   * Whether the kernel ended one of its processes because memory ran out.
   *
   * @param until how long to wait for the engine to tell it
   */
  public boolean ranOutOfMemory(Instant until) throws IOException {
    return ContainerEvents.ranOutOfMemory(engine, id, until);
  }

  /** Whether the container runs; a removed one does not. */
  public boolean isRunning() throws IOException {
    return runningSince().isPresent();
  }

  /**
   * Returns when the engine last started the container, in the engine's own format; empty if it
   * does not run.
   */
  public Optional<String> runningSince() throws IOException {
    try {
      var state =
          engine.ask(() -> engine.client().inspectContainerCmd(id).exec()).getState();
      return Boolean.TRUE.equals(state.getRunning())
          ? Optional.of(String.valueOf(state.getStartedAt()))
          : Optional.empty();
    } catch (DockerEngineException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether this file is among the supervisor's own; empty if the container is gone. */
  public Optional<Boolean> holds(String name) throws IOException {
    return engine.files().stat(id, ContainerPaths.STATE).isEmpty()
        ? Optional.empty()
        : Optional.of(engine.files().stat(id, ContainerPaths.STATE + "/" + name).isPresent());
  }

  /**
   * Makes a file among the supervisor's own. A long text goes as an archive, since the supervisor
   * reads slowly.
   */
  public void write(String name, String text) throws IOException {
    if (text.length() <= LONGEST_SENT) {
      send(Supervisor.write(name, text));
      return;
    }
    var content = text.getBytes(UTF_8);
    var entries = new ArrayDeque<ArchiveStream.Entry>();
    entries.add(new ArchiveStream.Entry(
        name, content.length, FileTime.fromMillis(0), () -> new ByteArrayInputStream(content)));
    try (var tar = new ArchiveStream(entries::poll, TarFormat::new)) {
      engine.files().put(id, ContainerPaths.STATE, tar);
    }
  }

  /** Has a script carried out; {@link #copy} then gives its output. */
  public void begin(Token token, String script, Map<String, String> environment)
      throws IOException {
    send(Supervisor.run(token, Supervisor.Output.STREAMS, script, environment));
  }

  /**
   * Passes the output of a script on until it ends.
   *
   * @return the supervisor's report; empty if the container is gone
   */
  public Optional<Report> copy(Token token, EndMark.Sink out, EndMark.Sink err) throws IOException {
    return copy(streams(), token, List.of(), List.of(), out, (bytes, offset, length) -> {
      firstWords.take(bytes, offset, length);
      err.accept(bytes, offset, length);
    });
  }

  /**
   * Returns the first words that an ended container wrote to stderr; the rest of stderr is lost.
   */
  public String firstWords() throws IOException {
    synchronized (this) {
      if (streams == null) {
        return firstWords.text();
      }
    }
    if (!isRunning()) {
      try {
        copy(Token.random(), (bytes, offset, length) -> {}, (bytes, offset, length) -> {});
      } catch (IOException e) {
        LOG.debug("The streams of the container {} broke off", id, e);
      }
    }
    return firstWords.text();
  }

  /**
   * Passes on what a script wrote, of all that the container ever wrote, read from this attachment.
   *
   * @param earlier tokens of the scripts before it. Each stream tells by itself where the last of
   *     them ends: an engine's log can have the next output of one stream before that
   * @param between tokens of marks that may stand in the output
   */
  public static Optional<Report> copy(
      Attachment from,
      Token token,
      List<Token> earlier,
      List<Token> between,
      EndMark.Sink out,
      EndMark.Sink err)
      throws IOException {
    var output = new MarkedOutput(token, earlier, between, out);
    var errors = new MarkedOutput(token, earlier, between, err);
    while (output.report().isEmpty() || errors.report().isEmpty()) {
      if (!from.next((stream, bytes, offset, length) ->
          (stream == Attachment.STDERR ? errors : output).take(bytes, offset, length))) {
        output.end();
        errors.end();
        return Optional.empty();
      }
    }
    return output.report();
  }

  /** Lets go of the streams for good, also of those still to be opened; a leased container ends. */
  public void detach() {
    synchronized (this) {
      isDetached = true;
    }
    breakOff();
  }

  private void breakOffIfDetached() {
    boolean isOver;
    synchronized (this) {
      isOver = isDetached;
    }
    if (isOver) {
      breakOff();
    }
  }

  /** Lets go of the streams that are open now. */
  public void breakOff() {
    List<@Nullable Attachment> open;
    synchronized (this) {
      open = Arrays.asList(streams, input, logs);
      streams = null;
      input = null;
      logs = null;
    }
    for (var attachment : open) {
      if (attachment != null) {
        attachment.close();
      }
    }
  }

  /** Ends and removes the container and the volumes that are its own. It may be gone already. */
  public void remove() throws DockerEngineException {
    if (removed) {
      return;
    }
    engine.tell(() -> engine
        .client()
        .removeContainerCmd(id)
        .withForce(true)
        .withRemoveVolumes(true)
        .exec());
    removed = true;
  }

  /**
   * Ends the container with all its processes. It may be gone already. One that was paused from
   * outside goes on first: some engines end no paused container, and none ends by itself.
   */
  public void kill() throws DockerEngineException {
    if (isPaused()) {
      try {
        engine.tell(() -> engine.client().unpauseContainerCmd(id).exec());
      } catch (DockerEngineException e) {
        LOG.debug("The container {} does not go on", id, e);
      }
    }
    engine.tell(() -> engine.client().killContainerCmd(id).exec());
  }

  private boolean isPaused() throws DockerEngineException {
    try {
      var state =
          engine.ask(() -> engine.client().inspectContainerCmd(id).exec()).getState();
      return Boolean.TRUE.equals(state.getPaused());
    } catch (DockerEngineException e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e;
    }
  }

  private Attachment streams() throws IOException {
    Attachment open;
    synchronized (this) {
      open = streams;
    }
    if (open == null) {
      throw new IOException("the container " + id + " is not attached");
    }
    return open;
  }

  /**
   * Keeps the first words on stderr: if the runtime cannot start the program, its message is there.
   */
  private static final class FirstWords {
    private static final int ENOUGH = 512;

    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    synchronized void take(byte[] bytes, int offset, int length) {
      words.write(bytes, offset, Math.min(length, ENOUGH - words.size()));
    }

    synchronized String text() {
      return words.toString(UTF_8).strip();
    }
  }
}
