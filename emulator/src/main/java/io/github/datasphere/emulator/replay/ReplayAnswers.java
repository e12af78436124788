package io.github.datasphere.emulator.replay;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.CallMetadata;
import io.github.datasphere.emulator.session.MessageTexts;
import io.github.datasphere.emulator.session.SessionCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Turns what was recorded into what this client gets: its own ids, and URLs that lead here. */
final class ReplayAnswers {
  private static final String URL = "yandex.cloud.datasphere.v2.jobs.StorageFile.url";

  /** Metadata that the transport makes itself. */
  private static final Set<String> OF_TRANSPORT =
      Set.of("content-type", "date", "grpc-accept-encoding", "grpc-encoding", "server");

  private static final String ADDRESS = "yandex.cloud.endpoint.ApiEndpoint.address";

  private final MessageTexts texts;
  private final Exchanges exchanges;
  private final ReplayFiles files;
  private final Supplier<Optional<String>> address;

  /** @param address where clients find this service; empty if it has no port with TLS */
  ReplayAnswers(
      Api api, Exchanges exchanges, ReplayFiles files, Supplier<Optional<String>> address) {
    this.texts = new MessageTexts(api);
    this.exchanges = exchanges;
    this.files = files;
    this.address = address;
  }

  Message toLive(Message recorded) {
    return texts.visit(recorded, this::text);
  }

  String toLive(String text) {
    return exchanges.toLive(text);
  }

  Metadata toLive(SortedMap<String, List<String>> recorded) {
    var kept = new TreeMap<>(recorded);
    kept.keySet().removeAll(OF_TRANSPORT);
    kept.values().removeIf(values -> values.contains("***"));
    return CallMetadata.toGrpc(kept);
  }

  /** Ends a call as it was recorded. */
  void end(SessionCall recorded, ServerCall<Message, Message> call) {
    var end = recorded.ended();
    if (end.isEmpty()) {
      call.close(Status.CANCELLED.withDescription("the client gave it up"), new Metadata());
      return;
    }
    var status = Status.fromCode(Status.Code.valueOf(end.get().code()));
    call.close(
        end.get().text().isEmpty()
            ? status
            : status.withDescription(toLive(end.get().text())),
        toLive(end.get().metadata()));
  }

  private String text(FieldDescriptor field, String value, Message parent) {
    if (field.getFullName().equals(ADDRESS)) {
      return address.get().orElse(value);
    }
    if (!field.getFullName().equals(URL) || value.isEmpty()) {
      return exchanges.toLive(value);
    }
    var file = (Message) parent.getField(parent.getDescriptorForType().findFieldByName("file"));
    return files.url(
        String.valueOf(file.getField(file.getDescriptorForType().findFieldByName("sha256"))));
  }
}
