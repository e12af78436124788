package io.github.datasphere.emulator.session.redact;

import io.github.datasphere.emulator.base.Trees;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event.Started;
import io.github.datasphere.emulator.session.Event.Warned;
import io.github.datasphere.emulator.session.Header;
import io.github.datasphere.emulator.session.SessionException;
import io.github.datasphere.emulator.session.SessionReader;
import io.github.datasphere.emulator.session.TimedEvent;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes the folder of a recording: everything redacted, looked through once more, and visible
 * whole or not at all.
 */
public final class RecordingFolder {
  /** Larger files are known by digest and size alone. */
  private static final long LARGEST_FILE = 64L << 20;

  private final Path folder;
  private final Api api;
  private final List<String> left = new ArrayList<>();
  private Duration last = Duration.ZERO;

  private RecordingFolder(Path folder, Api api) {
    this.folder = folder;
    this.api = api;
  }

  /**
   * Writes a recording.
   *
   * @param folder must not exist yet, or be an earlier recording, which is replaced
   * @return a sentence for each thing that the recording lacks
   * @throws SessionException if something that must not be written was found in it; then no folder
   *     is left
   */
  public static List<String> write(
      Path folder, Header header, EventSource session, Options options, Api api)
      throws IOException {
    checkIsFree(folder);
    var parent = folder.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    var unfinished = Files.createTempDirectory(parent, "." + folder.getFileName() + ".");
    try {
      var made = new RecordingFolder(unfinished, api);
      made.write(header, session, new Redaction(options, api));
      publish(unfinished, folder);
      return List.copyOf(made.left);
    } finally {
      Trees.delete(unfinished);
    }
  }

  /**
   * Says whether a recording may be put here, before anything is recorded.
   *
   * @throws SessionException if there is something else
   */
  public static void checkIsFree(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.exists(folder.resolve(SessionReader.EVENTS))) {
      throw new SessionException(
          folder + " exists and is no recording, so it is not replaced." + " Name another folder.");
    }
  }

  private void write(Header header, EventSource session, Redaction redaction) throws IOException {
    var clients = new TreeSet<String>();
    session.forEach(event -> {
      redaction.learn(event.event());
      if (event.event() instanceof Started started && !started.client().isEmpty()) {
        clients.add(started.client());
      }
    });
    header.unknown().forEach(text -> redaction.learn(new Warned(text)));
    var redactor = redaction.redactor();
    session.forEach(event -> redactor.look(event.event()));
    redactor.seenAll();
    keepFiles(session, redactor);
    var clean = new Header(
        header.recordedAt(),
        header.recorder(),
        header.source(),
        clients.stream().map(redactor::redacted).toList(),
        header.unknown().stream().map(redactor::redacted).toList());
    try (var writer = new SessionWriter(folder, clean, api)) {
      session.forEach(event -> {
        writer.write(redactor.redact(event));
        last = event.at();
      });
      for (var text : left) {
        writer.write(redactor.redact(new TimedEvent(last, new Warned(text))));
      }
      writer.finish();
    }
    var found = new FolderScan(redactor.needles()).findings(folder, api);
    if (!found.isEmpty()) {
      throw new SessionException(
          "The recording is not kept: something secret was found in it, in "
              + String.join(", ", found.subList(0, Math.min(3, found.size())))
              + (found.size() > 3 ? " and " + (found.size() - 3) + " more places" : "")
              + ". Hide it with --redact PATTERN; if it has no secret, this is a fault of the recorder.");
    }
  }

  private void keepFiles(EventSource session, Redactor redactor) throws IOException {
    for (var sha256 : session.files()) {
      try (var content = session.file(sha256).orElse(null)) {
        if (content == null) {
          continue;
        }
        var bytes = content.readNBytes((int) LARGEST_FILE + 1);
        if (bytes.length > LARGEST_FILE) {
          left.add("The content of file " + sha256 + " is not kept: it is larger than 64 MiB.");
        } else if (!redactor.isClean(bytes)) {
          left.add(
              "The content of file " + sha256 + " is not kept: a secret or an identity is in it.");
        } else {
          Files.createDirectories(folder.resolve(SessionReader.FILES));
          Files.write(folder.resolve(SessionReader.FILES).resolve(sha256), bytes);
        }
      }
    }
  }

  private static void publish(Path unfinished, Path folder) throws IOException {
    if (Files.exists(folder)) {
      var old = Files.createTempDirectory(
          folder.toAbsolutePath().getParent(), "." + folder.getFileName() + ".old");
      Files.move(folder, old.resolve("recording"), StandardCopyOption.ATOMIC_MOVE);
      try {
        move(unfinished, folder);
      } finally {
        Trees.delete(old);
      }
    } else {
      move(unfinished, folder);
    }
  }

  private static void move(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      throw new SessionException(folder + " was made by another program meanwhile.", e);
    }
  }
}
