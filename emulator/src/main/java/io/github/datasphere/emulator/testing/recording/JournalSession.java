package io.github.datasphere.emulator.testing.recording;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.Event.Warned;
import io.github.datasphere.emulator.session.Header;
import io.github.datasphere.emulator.session.MessageTexts;
import io.github.datasphere.emulator.session.SessionException;
import io.github.datasphere.emulator.session.TimedEvent;
import io.github.datasphere.emulator.session.redact.EventSource;
import io.github.datasphere.emulator.session.redact.Options;
import io.github.datasphere.emulator.session.redact.RecordingFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Calls of a journal and the files that they name, ready to be written as a recording
 * (docs/recording.md). It holds secrets, so nothing but {@link #saveTo} and
 * {@link RecordingFolder}, which redact, should write it. Later calls do not change it.
 */
public final class JournalSession implements EventSource {
  private static final String URL = "yandex.cloud.datasphere.v2.jobs.StorageFile.url";
  private static final String FILE = "yandex.cloud.datasphere.v2.jobs.File.sha256";

  private final Api api = new Api();
  private final List<TimedEvent> events = new ArrayList<>();
  private final JournalFiles stored;
  private final Set<String> projects = new LinkedHashSet<>();
  private final Set<String> digests = new LinkedHashSet<>();
  private final Set<String> urls = new LinkedHashSet<>();
  private final Instant begin;

  /**
   * Makes one.
   *
   * @param all the events in order; moves of the clock before the others are left out; URLs of
   *     files need not be whole
   * @param closing what ends calls that go on, and what the reader should know
   */
  public JournalSession(List<JournalEvents.Seen> all, List<Event> closing, JournalFiles stored) {
    this.stored = stored;
    var seen = all.stream()
        .dropWhile(one -> one.event().get() instanceof Event.Advanced)
        .toList();
    this.begin = seen.isEmpty() ? Instant.EPOCH : seen.get(0).at();
    var happened = seen.stream().map(one -> one.event().get()).toList();
    happened.forEach(this::look);
    var last = Duration.ZERO;
    for (int i = 0; i < happened.size(); i++) {
      var at = Duration.between(begin, seen.get(i).at());
      last = at.compareTo(last) > 0 ? at : last;
      add(last, happened.get(i));
    }
    for (var event : closing) {
      add(last, event);
    }
  }

  private void add(Duration at, Event event) {
    if (!(event instanceof Moved moved)) {
      events.add(new TimedEvent(at, event));
      return;
    }
    // Files of calls that were left out are left out, too
    var url = urls.stream().filter(whole -> whole.endsWith(moved.url())).findFirst();
    if (url.isPresent()) {
      digests.add(moved.sha256());
      events.add(new TimedEvent(
          at,
          new Moved(
              moved.isUpload(),
              url.get(),
              moved.sha256(),
              moved.bytes(),
              moved.status(),
              moved.took())));
    }
  }

  private void look(Event event) {
    var message = event instanceof Requested request
        ? request.content().message()
        : event instanceof Replied reply ? reply.content().message() : null;
    if (message != null) {
      look(message);
    }
  }

  private void look(Message message) {
    new MessageTexts(api).visit(message, (field, value, parent) -> {
      if (field.getName().equals("project_id") && !value.isEmpty()) {
        projects.add(value);
      } else if (field.getFullName().equals(URL)) {
        urls.add(value);
      } else if (field.getFullName().equals(FILE)) {
        digests.add(value);
      }
      return value;
    });
  }

  /**
   * Writes a recording: redacted, looked through once more, and visible whole or not at all.
   *
   * @param folder must not exist yet, or be an earlier recording, which is replaced
   * @param hidden what is hidden beside what is known to be secret; of a pattern with a group, the
   *     group
   * @return a sentence for each thing that the recording lacks
   * @throws SessionException if there was no call, or something that must not be written was found
   *     in it; then no folder is left
   * @throws UncheckedIOException if the folder cannot be written
   */
  public List<String> saveTo(Path folder, Pattern... hidden) {
    if (events.isEmpty()) {
      throw new SessionException("There is nothing to save in " + folder
          + ": the journal has no such call. If jobs run their own commands, call journal() before"
          + " the calls that it shall keep.");
    }
    // The same journal is written as the same text
    var options = new Options(List.of(hidden), List.of(), Map.of(), false, new Random(1));
    try {
      var left = new ArrayList<String>();
      events.forEach(event -> {
        if (event.event() instanceof Warned warned) {
          left.add(warned.text());
        }
      });
      left.addAll(RecordingFolder.write(folder, header(), this, options, api));
      return left;
    } catch (IOException e) {
      throw new UncheckedIOException("The recording " + folder + " cannot be written", e);
    }
  }

  /** Returns the first line. */
  public Header header() {
    return Header.ofEmulator(begin);
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    for (var event : events) {
      taker.take(event);
    }
  }

  @Override
  public Set<String> files() {
    return Set.copyOf(digests);
  }

  @Override
  public Optional<InputStream> file(String sha256) throws IOException {
    for (var project : projects) {
      try {
        return Optional.of(stored.open(new FileKey(new ProjectId(project), sha256)));
      } catch (NoSuchFileException e) {
        // It may be another project's
      }
    }
    return Optional.empty();
  }
}
