package io.github.datasphere.emulator.check;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.MessageJson;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The fields of answers that a client was given: each as the call's name and the path of the field,
 * such as {@code OperationService.Get metadata.job.status}. Of lists and maps there is one path,
 * and what an Any holds stands in its place.
 */
final class GivenFields {
  private static final String ANY = "google.protobuf.Any";

  private final MessageJson json;
  private final SortedSet<String> all = new TreeSet<>();

  GivenFields(Api api) {
    this.json = new MessageJson(api);
  }

  /** Adds what this answer has. */
  void add(Api.Call call, Message reply) {
    walk(call.shortName() + " ", reply);
  }

  SortedSet<String> all() {
    return Collections.unmodifiableSortedSet(all);
  }

  private void walk(String path, Message message) {
    if (message.getDescriptorForType().getFullName().equals(ANY)) {
      walkContent(path, message);
      return;
    }
    message.getAllFields().forEach((field, value) -> {
      var at = path + field.getName();
      if (field.getJavaType() != JavaType.MESSAGE
          || field.isMapField()
          || isValue(field.getMessageType())) {
        all.add(at);
        return;
      }
      var items = value instanceof Collection<?> many ? many : List.of(value);
      for (var item : items) {
        if (((Message) item).getAllFields().isEmpty()) {
          all.add(at);
        }
        walk(at + ".", (Message) item);
      }
    });
  }

  private void walkContent(String path, Message message) {
    try {
      json.content(Any.parseFrom(message.toByteString())).ifPresent(inner -> walk(path, inner));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message cannot be read back", e);
    }
  }

  /** Whether it is one value for its reader, such as a time. */
  private static boolean isValue(Descriptor type) {
    return type.getFile().getPackage().equals("google.protobuf")
        && !type.getFullName().equals(ANY);
  }
}
