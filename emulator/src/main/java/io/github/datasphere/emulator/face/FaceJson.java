package io.github.datasphere.emulator.face;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.session.redact.SecretFields;
import io.github.datasphere.proto.datasphere.ListProjectsResponse;
import io.github.datasphere.proto.emulator.ListExchangesResponse;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Messages as protobuf JSON. No secret leaves: passwords, tokens and signed URLs read {@code ***}.
 */
final class FaceJson {
  private static final Pattern UNKNOWN_FIELD =
      Pattern.compile("Cannot find field: (\\S+) in message .*");

  private final JsonFormat.Printer printer;
  private final JsonFormat.Parser parser;
  private final SecretFields secrets = new SecretFields();

  FaceJson() {
    var types = TypeRegistry.newBuilder();
    // Each brings all messages of its file and of those that it imports
    for (var type : List.of(
        CreateProjectJobRequest.getDescriptor(),
        ListExchangesResponse.getDescriptor(),
        ListProjectsResponse.getDescriptor(),
        BadRequest.getDescriptor())) {
      types.add(type);
    }
    var known = types.build();
    this.printer = JsonFormat.printer().usingTypeRegistry(known).omittingInsignificantWhitespace();
    this.parser = JsonFormat.parser().usingTypeRegistry(known);
  }

  /** Returns a message as JSON, without its secrets. */
  String of(Message message) {
    var shown = secrets.masked(message);
    try {
      return printer.print(shown);
    } catch (InvalidProtocolBufferException e) {
      return printed(withReadableParts(shown));
    }
  }

  /**
   * Reads JSON into a message.
   *
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException if it is no such message
   */
  <B extends Message.Builder> B read(String json, B into) {
    try {
      parser.merge(json.isBlank() ? "{}" : json, into);
      return into;
    } catch (InvalidProtocolBufferException e) {
      var text = String.valueOf(e.getMessage());
      var unknown = UNKNOWN_FIELD.matcher(text);
      var type = into.getDescriptorForType().getName();
      throw (unknown.matches()
              ? Rejected.invalid(unknown.group(1), "is no field of " + type)
              : Rejected.malformed("The body is no JSON of a " + type + ": " + text))
          .asException();
    } catch (StackOverflowError e) {
      throw Rejected.malformed("The body is nested too deeply").asException();
    }
  }

  private String printed(Message message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message cannot be shown as JSON", e);
    }
  }

  /**
   * Replaces what is wrapped and of an unknown type, such as details that a test put into a status,
   * by its type and its bytes.
   */
  private Message withReadableParts(Message message) {
    if (message instanceof Any any) {
      return isReadable(any) ? any : bytesOf(any);
    }
    var copy = message.toBuilder();
    message.getAllFields().forEach((field, value) -> {
      if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField()) {
        replace(copy, field, value);
      }
    });
    return copy.build();
  }

  private void replace(Message.Builder copy, FieldDescriptor field, Object value) {
    if (!field.isRepeated()) {
      copy.setField(field, withReadableParts((Message) value));
      return;
    }
    for (int i = 0; i < copy.getRepeatedFieldCount(field); i++) {
      copy.setRepeatedField(field, i, withReadableParts((Message) copy.getRepeatedField(field, i)));
    }
  }

  private boolean isReadable(Any any) {
    try {
      printer.print(any);
      return true;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static Any bytesOf(Any any) {
    var content = Struct.newBuilder()
        .putFields("type", text(any.getTypeUrl()))
        .putFields(
            "base64", text(Base64.getEncoder().encodeToString(any.getValue().toByteArray())));
    return Any.pack(content.build());
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
