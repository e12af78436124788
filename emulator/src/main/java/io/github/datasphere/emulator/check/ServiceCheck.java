package io.github.datasphere.emulator.check;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.CallMetadata;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Cancelled;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.IdFields;
import io.github.datasphere.emulator.session.MessageTexts;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionCall;
import io.github.datasphere.emulator.session.SessionException;
import io.github.datasphere.emulator.session.match.Bindings;
import io.github.datasphere.emulator.session.match.Difference;
import io.github.datasphere.emulator.session.match.MessageComparison;
import io.github.datasphere.emulator.session.match.Volatile;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reissues a recording at the service, and tells what has changed. It makes jobs in one project,
 * each of the same small type, and deletes them. Used once, by one thread.
 */
public final class ServiceCheck {
  /** A call that is not answered by then is not answered. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration BETWEEN_POLLS = Duration.ofSeconds(1);

  /** Jobs take as long as the service lets them. */
  private static final Duration ANY_TIME = Duration.ofDays(3_650);

  private final Recording recording;
  private final ServiceTarget target;
  private final ServiceTerms terms;
  private final OwnJobs own;
  private final Volatile rules = Volatile.declared().within(ANY_TIME);
  private final MessageTexts texts;
  private final Bindings ids = new Bindings();
  private final CallComparison comparison;
  private final FileMoves files;
  private final GivenFields given;
  private final Instant begin;
  private final Map<Long, SessionCall> recorded = new LinkedHashMap<>();
  private final Map<Long, LiveCall> live = new LinkedHashMap<>();
  private final List<Difference> changed = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> notReachable = new ArrayList<>();
  private int compared;

  private ServiceCheck(Recording recording, ServiceTarget target, ServiceTerms terms) {
    this.recording = recording;
    this.target = target;
    this.terms = terms;
    this.begin = target.now();
    this.own = new OwnJobs(recording.api(), target, terms.project());
    this.texts = new MessageTexts(recording.api());
    var starts = new MessageComparison.Starts(recording.header().recordedAt(), begin);
    this.comparison = new CallComparison(
        recording, new MessageComparison(recording.api(), rules, starts), rules, ids);
    this.files = new FileMoves(recording, ids);
    this.given = new GivenFields(recording.api());
    recording.calls().forEach(call -> recorded.put(call.number(), call));
  }

  /**
   * Reissues a recording.
   *
   * @throws SessionException if its jobs ran for longer than the budget; then nothing was asked
   * @throws IOException if the service's channel cannot be made
   */
  public static ServiceReport of(Recording recording, ServiceTarget target, ServiceTerms terms)
      throws IOException, InterruptedException {
    checkBudget(recording, terms);
    return new ServiceCheck(recording, target, terms).run();
  }

  private static void checkBudget(Recording recording, ServiceTerms terms) {
    var needed = RecordedRuns.of(recording).stream()
        .map(RecordedRun::lasted)
        .map(time -> time.compareTo(recording.end()) > 0 ? recording.end() : time)
        .reduce(Duration.ZERO, Duration::plus);
    if (needed.compareTo(terms.budget()) > 0) {
      throw new SessionException("The jobs of the recording ran for " + needed.toSeconds()
          + " s, and the budget is " + terms.budget().toSeconds()
          + " s: nothing was asked. Give a larger --budget, or record a shorter job.");
    }
  }

  private ServiceReport run() throws IOException, InterruptedException {
    var problem = own.lookAround();
    if (problem.isPresent()) {
      notReachable.add(problem.get());
      return report();
    }
    try (var reader = recording.events()) {
      for (var event = reader.next();
          event != null && notReachable.isEmpty();
          event = reader.next()) {
        repeat(event.event());
      }
      for (var call : live.entrySet()) {
        endStream(recorded.get(call.getKey()), call.getValue());
      }
      changed.addAll(Contract.of(recording.folder()).brokenBy(given.all()));
    } finally {
      live.values().forEach(LiveCall::cancel);
      own.clear();
    }
    return report();
  }

  private ServiceReport report() {
    var notReissuable = new ArrayList<String>();
    var unreachable = new ArrayList<>(notReachable);
    for (var note : notes) {
      (note.startsWith("not reachable") ? unreachable : notReissuable)
          .add(note.replaceFirst("^not [a-z]+: ", ""));
    }
    return new ServiceReport(
        compared, changed, notReissuable, unreachable, own.deleted(), own.left());
  }

  private void repeat(Event event) throws IOException, InterruptedException {
    if (event instanceof Event.HalfClosed half) {
      start(recorded.get(half.call()));
    } else if (event instanceof Cancelled cancel) {
      var call = live.remove(cancel.call());
      if (call != null) {
        call.cancel();
      }
    } else if (event instanceof Ended ended) {
      var call = live.get(ended.call());
      var then = recorded.get(ended.call());
      if (call != null && then != null && !then.isStream()) {
        live.remove(ended.call());
        end(then, call);
      }
    } else if (event instanceof Moved moved) {
      files.repeat(moved, changed, notes);
    }
  }

  private void start(@Nullable SessionCall then) throws IOException {
    if (then == null) {
      return;
    }
    var reason = whyNot(then);
    if (reason.isPresent()) {
      notes.add("not reissuable: call " + then.number() + " " + then.shortName() + ", which "
          + reason.get());
      return;
    }
    live.put(then.number(), send(then));
  }

  private LiveCall send(SessionCall then) throws IOException {
    var metadata = new TreeMap<>(then.started().metadata());
    metadata.keySet().removeIf(name -> rules.isMetadata(Volatile.Kind.IGNORED, name));
    metadata.values().removeIf(values -> values.toString().contains("***"));
    metadata.remove("user-agent");
    metadata.remove("te");
    var host = then.started().host();
    var call = new LiveCall(
        target.channel(host.isEmpty() ? Api.hostOf(then.started().method()) : host),
        then.call().orElseThrow(),
        CallMetadata.toGrpc(metadata));
    call.send(toLive(then.request().orElseThrow()));
    call.halfClose();
    return call;
  }

  /** Says why a call is not made again; empty if it is. */
  private Optional<String> whyNot(SessionCall then) {
    var request = then.request();
    if (then.call().isEmpty() || request.isEmpty()) {
      return Optional.of("is not in our protos");
    }
    if (then.call().get().bareName().equals("List")) {
      return Optional.of("shows what else the project has");
    }
    var look = new Look();
    texts.visit(request.get(), look);
    if (look.hidden) {
      return Optional.of("has something that the recording hides");
    }
    var ours = ids.toLive(look.job);
    boolean isMade = own.has(ours);
    boolean wasRefused = then.ended().map(end -> !end.code().equals("OK")).orElse(false);
    if (then.call().get().isRead()) {
      return look.job.isEmpty() || isMade || wasRefused || ids.isBound(look.job)
          ? Optional.empty()
          : Optional.of("asks for something that this check has not made");
    }
    boolean makes = request.get() instanceof CreateProjectJobRequest;
    return makes || isMade
        ? Optional.empty()
        : Optional.of("would change what this check has not made");
  }

  /** What decides whether a request may be made again. */
  private static final class Look implements MessageTexts.Visitor {
    private boolean hidden;
    private String job = "";

    @Override
    public String text(FieldDescriptor field, String value, Message parent) {
      hidden |= value.contains("***");
      if (IdFields.isOne(field) && !field.getName().equals("project_id") && job.isEmpty()) {
        job = value;
      }
      return value;
    }
  }

  private void end(SessionCall then, LiveCall call) throws IOException, InterruptedException {
    var answer = call;
    var giveUp = target.now().plus(terms.budget());
    while (true) {
      if (!answer.await(PATIENCE) || isAway(then, answer)) {
        answer.cancel();
        notReachable.add("call " + then.number() + " " + then.shortName() + ": "
            + answer.status().map(Status::toString).orElse("no answer in 60 s"));
        return;
      }
      if (!isEarly(then, answer) || !target.now().isBefore(giveUp)) {
        break;
      }
      target.pause(BETWEEN_POLLS);
      answer = send(then);
    }
    answer.replies().forEach(own::look);
    see(then, answer);
    var found = new ArrayList<Difference>();
    comparison.compare(then, answer, found);
    if (!found.isEmpty() && isGoingOn(then) && !isGoingOn(answer)) {
      notes.add("not reissuable: call " + then.number() + " " + then.shortName() + ", which was"
          + " made while its job ran; now the job has ended by then");
      return;
    }
    compared++;
    changed.addAll(found);
  }

  /** Whether nothing came from the service. */
  private static boolean isAway(SessionCall then, LiveCall call) {
    var code = call.status().orElse(Status.OK).getCode();
    return code == Status.Code.UNAVAILABLE
        && !then.ended().map(Ended::code).orElse("").equals(code.name());
  }

  /** Whether the answer shows a job that goes on, where the recorded one had ended. */
  private static boolean isEarly(SessionCall then, LiveCall call) {
    return then.call().orElseThrow().isRead()
        && !then.replies().isEmpty()
        && !isGoingOn(then)
        && isGoingOn(call);
  }

  private static boolean isGoingOn(SessionCall then) {
    return !then.replies().isEmpty()
        && isGoingOn(then.replies().get(0).content().message());
  }

  private static boolean isGoingOn(LiveCall now) {
    return !now.replies().isEmpty() && isGoingOn(now.replies().get(0));
  }

  private static boolean isGoingOn(@Nullable Message reply) {
    return (reply instanceof Operation operation && !operation.getDone())
        || (reply instanceof Job job && OwnJobs.isActive(job));
  }

  private void endStream(@Nullable SessionCall then, LiveCall call) throws InterruptedException {
    if (then == null || then.cancelledAt().isPresent()) {
      return;
    }
    if (!call.await(terms.budget())) {
      changed.add(new Difference(
          "call " + then.number() + " " + then.shortName() + " end",
          then.ended().map(Ended::code).orElse(""),
          "(goes on)"));
      return;
    }
    compared++;
    see(then, call);
    comparison.compareTexts(then, call, changed);
  }

  private void see(SessionCall then, LiveCall now) {
    then.call().ifPresent(call -> now.replies().forEach(reply -> given.add(call, reply)));
  }

  /** Returns a request of now: in this check's project, of its type, with the ids of now. */
  private Message toLive(Message message) {
    return texts.visit(message, (field, value, parent) -> {
      if (field.getName().equals("project_id") && !value.isEmpty()) {
        ids.bind(value, terms.project());
        return terms.project();
      }
      if (field.getFullName().endsWith("CloudInstanceType.name") && !value.equals(terms.type())) {
        ids.bind(value, terms.type());
        return terms.type();
      }
      return ids.toLive(value);
    });
  }
}
