package io.github.datasphere.emulator.replay;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Event.Answering;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.OfCall;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionCall;
import io.github.datasphere.emulator.session.SessionReader;
import io.github.datasphere.emulator.session.TimedEvent;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays all open streams in one thread, so that their messages come in the recorded order across
 * calls. It reads each stream from the file as it goes, and no faster than the client takes it.
 */
final class StreamPlayer implements AutoCloseable {
  /** How long a stream waits for a call that came before it when it was recorded. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Recording recording;
  private final Exchanges exchanges;
  private final ReplayAnswers answers;
  private final Pace pace;
  private final List<Playing> open = new ArrayList<>();
  private @Nullable Thread thread;
  private boolean closed;
  private long woken;

  StreamPlayer(Recording recording, Exchanges exchanges, ReplayAnswers answers, Pace pace) {
    this.recording = recording;
    this.exchanges = exchanges;
    this.answers = answers;
    this.pace = pace;
  }

  /** Begins to answer this call. */
  synchronized void play(SessionCall recorded, ServerCall<Message, Message> call) {
    open.add(new Playing(recorded, call));
    if (thread == null) {
      thread = new Thread(this::run, "replay-streams");
      thread.setDaemon(true);
      thread.start();
    }
    wake();
  }

  /** Looks again: a client has room, has gone, or has made a call. */
  synchronized void wake() {
    woken++;
    notifyAll();
  }

  private void run() {
    try {
      while (true) {
        var next = next();
        if (next == null) {
          return;
        }
        next.step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until a stream may go on; returns null when all is over. */
  private synchronized @Nullable Playing next() throws InterruptedException {
    Duration waitedFor = null;
    long patience = 0;
    while (!closed) {
      open.removeIf(Playing::isOver);
      var first = open.stream().min(Comparator.comparing(Playing::at));
      if (first.isEmpty()) {
        wait();
        continue;
      }
      var stream = first.get();
      long millis = pace.until(stream.at()).toMillis();
      var change = exchanges.nextChange().filter(time -> time.compareTo(stream.at()) <= 0);
      if (millis > 0) {
        wait(millis);
      } else if (!stream.hasRoom()) {
        var other = open.stream().filter(Playing::hasRoom).findFirst();
        if (other.isPresent() && other.get().at().equals(stream.at())) {
          return other.get();
        }
        wait();
      } else if (pace.isVirtual() && change.isPresent() && patience < PATIENCE.toMillis()) {
        // The client did something first when it was recorded
        patience = change.get().equals(waitedFor) ? patience + 20 : 0;
        waitedFor = change.get();
        long before = woken;
        wait(20);
        patience = before == woken ? patience : 0;
      } else {
        pace.reach(stream.at());
        return stream;
      }
    }
    open.forEach(Playing::end);
    return null;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** One stream on its way. */
  private final class Playing {
    private final SessionCall recorded;
    private final ServerCall<Message, Message> call;
    private final SessionReader reader;
    private Optional<TimedEvent> next = Optional.empty();
    private boolean sentHeaders;
    private boolean over;

    Playing(SessionCall recorded, ServerCall<Message, Message> call) {
      this.recorded = recorded;
      this.call = call;
      this.reader = recording.events();
      advance();
    }

    Duration at() {
      return next.map(TimedEvent::at).orElse(Duration.ZERO);
    }

    boolean isOver() {
      if (call.isCancelled()) {
        end();
      }
      return over;
    }

    boolean hasRoom() {
      return !sentHeaders || call.isReady();
    }

    void step() {
      var event = next.map(TimedEvent::event).orElse(null);
      if (event instanceof Answering answering) {
        call.sendHeaders(answers.toLive(answering.metadata()));
        sentHeaders = true;
      } else if (event instanceof Replied reply) {
        var message = reply.content().message();
        if (!sentHeaders) {
          call.sendHeaders(new Metadata());
          sentHeaders = true;
        }
        if (message != null) {
          call.sendMessage(answers.toLive(message));
        }
      } else {
        answers.end(recorded, call);
        end();
        return;
      }
      advance();
    }

    private void advance() {
      for (var event = reader.next(); event != null; event = reader.next()) {
        if (event.event() instanceof OfCall ofCall
            && ofCall.call() == recorded.number()
            && (ofCall instanceof Answering
                || ofCall instanceof Replied
                || ofCall instanceof Ended)) {
          next = Optional.of(event);
          return;
        }
      }
      next = Optional.empty();
    }

    void end() {
      if (!over) {
        over = true;
        reader.close();
      }
    }
  }
}
