package io.github.datasphere.emulator.replay;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.CallMetadata;
import io.github.datasphere.emulator.session.MessageTexts;
import io.grpc.Metadata;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns what was recorded into what this client gets: its own ids, and URLs that lead here. */
final class ReplayAnswers {
  private static final String URL = "yandex.cloud.datasphere.v2.jobs.StorageFile.url";

  /** Metadata that the transport makes itself. */
  private static final Set<String> OF_TRANSPORT =
      Set.of("content-type", "date", "grpc-accept-encoding", "grpc-encoding", "server");

  private final MessageTexts texts;
  private final Exchanges exchanges;
  private final ReplayFiles files;

  ReplayAnswers(Api api, Exchanges exchanges, ReplayFiles files) {
    this.texts = new MessageTexts(api);
    this.exchanges = exchanges;
    this.files = files;
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

  private String text(FieldDescriptor field, String value, Message parent) {
    if (!field.getFullName().equals(URL) || value.isEmpty()) {
      return exchanges.toLive(value);
    }
    var file = (Message) parent.getField(parent.getDescriptorForType().findFieldByName("file"));
    return files.url(
        String.valueOf(file.getField(file.getDescriptorForType().findFieldByName("sha256"))));
  }
}
