package io.github.datasphere.emulator.replay;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionCall;
import io.github.datasphere.emulator.session.SessionException;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** Answers every call from a recording. Safe for several threads. */
public final class Replay implements AutoCloseable {
  private final Recording recording;
  private final Exchanges exchanges;
  private final ReplayFiles files;
  private final ReplayAnswers answers;
  private final Pace pace;
  private final StreamPlayer player;
  private volatile Optional<String> address = Optional.empty();
  private final List<String> misses = new CopyOnWriteArrayList<>();
  private final List<String> notes = new CopyOnWriteArrayList<>();

  /**
   * Reads the recording; time begins now.
   *
   * @param speed how many times as fast as it was recorded; 0 for as fast as possible, on virtual
   *     time
   * @param nanos measures distances, as {@code System::nanoTime} does
   * @throws SessionException if the recording cannot be used
   */
  public Replay(Path folder, double speed, LongSupplier nanos) {
    if (!(speed >= 0) || Double.isInfinite(speed)) {
      throw new SessionException("A replay cannot run " + speed + " times as fast: give a number"
          + " above 0, or 0 for as fast as possible.");
    }
    var api = new Api();
    var ids = new ClientIds(api);
    this.recording = Recording.read(folder, api, ids);
    this.exchanges = new Exchanges(recording, ids.ofClient());
    this.files = new ReplayFiles(recording, exchanges::toLive, misses::add, notes::add);
    this.answers = new ReplayAnswers(recording.api(), exchanges, files, () -> address);
    this.pace = new Pace(speed, nanos);
    this.player = new StreamPlayer(recording, exchanges, answers, pace);
  }

  /** Returns the services of the API, answered from the recording. */
  public List<ServerServiceDefinition> services() {
    var byService = new LinkedHashMap<String, List<Api.Call>>();
    recording
        .api()
        .calls()
        .forEach(call -> byService
            .computeIfAbsent(
                call.name().substring(0, call.name().indexOf('/')), n -> new ArrayList<>())
            .add(call));
    return byService.entrySet().stream().map(this::service).toList();
  }

  private ServerServiceDefinition service(Map.Entry<String, List<Api.Call>> service) {
    var methods = new LinkedHashMap<MethodDescriptor<Message, Message>, Api.Call>();
    service
        .getValue()
        .forEach(call -> methods.put(
            MethodDescriptor.<Message, Message>newBuilder()
                .setType(call.isStream() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
                .setFullMethodName(call.name())
                .setRequestMarshaller(ProtoUtils.marshaller(call.request()))
                .setResponseMarshaller(ProtoUtils.marshaller(call.reply()))
                .build(),
            call));
    var made = ServerServiceDefinition.builder(
        recording.api().service(service.getKey(), List.copyOf(methods.keySet())));
    methods.forEach((method, call) -> made.addMethod(method, new Handler(call)));
    return made.build();
  }

  /** Says where clients find this service over TLS: answers that name the service name this. */
  public void isAt(String tls) {
    address = Optional.of(tls);
  }

  /** Returns where file URLs lead. */
  public URI http() {
    return files.base();
  }

  /** Returns a sentence for each call and each file that is not the recorded one. */
  public List<String> misses() {
    return List.copyOf(misses);
  }

  /** Returns a sentence for each call of the recording that the client did not make. */
  public List<String> unused() {
    return exchanges.unused().stream()
        .map(call -> "call " + call.number() + " " + call.shortName() + " was not made")
        .toList();
  }

  /** Returns a sentence for each thing that could not be compared. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    player.close();
    files.close();
  }

  private final class Handler implements ServerCallHandler<Message, Message> {
    private final Api.Call method;

    Handler(Api.Call method) {
      this.method = method;
    }

    @Override
    public ServerCall.Listener<Message> startCall(
        ServerCall<Message, Message> call, Metadata headers) {
      call.request(2);
      return new ServerCall.Listener<>() {
        private Message request = method.request();

        @Override
        public void onMessage(Message message) {
          request = message;
        }

        @Override
        public void onHalfClose() {
          answer(call, request);
        }

        @Override
        public void onReady() {
          player.wake();
        }

        @Override
        public void onCancel() {
          player.wake();
        }
      };
    }

    private void answer(ServerCall<Message, Message> call, Message request) {
      var found = exchanges.find(method.name(), request);
      player.wake();
      if (found.call().isEmpty()) {
        misses.add(found.miss());
        call.close(
            Status.FAILED_PRECONDITION.withDescription(
                "Replay of " + recording.folder().getFileName() + ": " + found.miss()),
            new Metadata());
        return;
      }
      var recorded = found.call().get();
      pace.reach(recorded.at());
      if (method.isStream()) {
        player.play(recorded, call);
      } else {
        send(stateNow(recorded, found.alike()), call);
      }
    }

    /**
     * Returns the answer of this moment. An operation is asked for again and again: how often is
     * the client's affair, and what it gets depends on the time alone.
     */
    private SessionCall stateNow(SessionCall next, List<SessionCall> alike) {
      if (!method.isRead()) {
        return next;
      }
      pace.reach(next.endedAt());
      var now = pace.now();
      return alike.stream()
          .filter(call -> call.endedAt().compareTo(now) <= 0)
          .max(Comparator.comparing(SessionCall::endedAt))
          .orElse(alike.get(0));
    }

    private void send(SessionCall recorded, ServerCall<Message, Message> call) {
      if (recorded.answering().isPresent() || !recorded.replies().isEmpty()) {
        call.sendHeaders(recorded
            .answering()
            .map(headers -> answers.toLive(headers.metadata()))
            .orElseGet(Metadata::new));
      }
      for (var reply : recorded.replies()) {
        var message = reply.content().message();
        if (message != null) {
          call.sendMessage(answers.toLive(message));
        }
      }
      answers.end(recorded, call);
    }
  }
}
