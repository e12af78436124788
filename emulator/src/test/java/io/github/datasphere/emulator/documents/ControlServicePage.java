package io.github.datasphere.emulator.documents;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import io.github.datasphere.proto.emulator.ControlServiceOuterClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The calls, messages and fields of the control service, with the comments of the proto. */
final class ControlServicePage {
  private static final String FOLDER = "proto/src/main/protobuf/datasphere/emulator/v1/";
  private static final String OWN = "datasphere.emulator.v1.";

  private final ProtoComments comments;
  private final List<MethodDescriptor> calls;
  private final List<Descriptor> messages = new ArrayList<>();

  ControlServicePage() throws IOException {
    var file = ControlServiceOuterClass.getDescriptor();
    comments = ProtoComments.of(
        List.of(Page.of(FOLDER + "control_service.proto"), Page.of(FOLDER + "script.proto")));
    calls = file.getServices().get(0).getMethods();
    Stream.concat(Stream.of(file), file.getDependencies().stream())
        .filter(each -> (each.getPackage() + '.').equals(OWN))
        .map(FileDescriptor::getMessageTypes)
        .forEach(this::add);
  }

  private void add(List<Descriptor> found) {
    for (var message : found) {
      if (!message.getOptions().getMapEntry()) {
        messages.add(message);
        add(message.getNestedTypes());
      }
    }
  }

  /** Names of what has no comment; a message of one call needs none, since the call has one. */
  List<String> withoutComment() {
    var ofCalls = ofCalls();
    var names = new TreeSet<String>();
    calls.forEach(call -> names.add(call.getFullName()));
    for (var message : messages) {
      if (!ofCalls.contains(message)) {
        names.add(message.getFullName());
      }
      message.getFields().forEach(field -> names.add(field.getFullName()));
      message.getRealOneofs().forEach(oneof -> names.add(oneof.getFullName()));
    }
    return names.stream().filter(name -> comments.of(name).isEmpty()).toList();
  }

  String text() {
    var text = new StringBuilder("\n");
    text.append(comment(ProtoComments.FILE)).append("\n\n");
    text.append(comment(calls.get(0).getService().getFullName())).append("\n\n## Calls\n");
    for (var call : calls) {
      text.append("\n### ").append(call.getName()).append("\n\n");
      text.append(comment(call.getFullName())).append("\n\n");
      text.append("Request: ").append(told(call.getInputType())).append('\n');
      text.append("Answer: ").append(told(call.getOutputType()));
    }
    text.append("\n## Messages\n");
    var ofCalls = ofCalls();
    messages.stream()
        .filter(message -> !ofCalls.contains(message))
        .forEach(message -> text.append("\n### ")
            .append(name(message))
            .append("\n\n")
            .append(comment(message.getFullName()))
            .append("\n\n")
            .append(table(message)));
    return text.append('\n').toString();
  }

  /** Messages that one call alone has, and that are no part of others. */
  private Set<Descriptor> ofCalls() {
    return calls.stream()
        .flatMap(call -> Stream.of(call.getInputType(), call.getOutputType()))
        .filter(message -> message.getName().matches(".*(Request|Response)"))
        .collect(Collectors.toSet());
  }

  private String told(Descriptor message) {
    var name = '`' + message.getName() + '`';
    if (!ofCalls().contains(message)) {
      return type(message) + ".\n";
    }
    var comment = comments.of(message.getFullName()).map(says -> ". " + says).orElse("");
    return message.getFields().isEmpty()
        ? name + ", without fields" + (comment.isEmpty() ? "." : comment) + '\n'
        : name + comment + "\n\n" + table(message);
  }

  private String table(Descriptor message) {
    var text = new StringBuilder("| field | type | meaning |\n|---|---|---|\n");
    OneofDescriptor before = null;
    for (var field : message.getFields()) {
      var oneof = field.getRealContainingOneof();
      if (oneof != null && oneof != before) {
        text.append(ConfigurationOptions.row(
            "one of `" + oneof.getName() + '`', "", comment(oneof.getFullName())));
      }
      before = oneof;
      text.append(ConfigurationOptions.row(
          (oneof == null ? "`" : "- `") + field.getName() + '`',
          type(field),
          comment(field.getFullName())));
    }
    return text.toString();
  }

  private String type(FieldDescriptor field) {
    if (field.isMapField()) {
      var entry = field.getMessageType();
      return "map from " + single(entry.findFieldByName("key")) + " to "
          + single(entry.findFieldByName("value"));
    }
    return (field.isRepeated() ? "repeated " : "") + single(field);
  }

  private String single(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> type(field.getMessageType());
      case ENUM -> '`' + field.getEnumType().getFullName() + '`';
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
        field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String type(Descriptor message) {
    var name = name(message);
    return message.getFullName().startsWith(OWN)
        ? '[' + name + "](#" + name.toLowerCase(Locale.ROOT).replace(".", "") + ')'
        : '`' + message.getFullName() + '`';
  }

  private static String name(Descriptor message) {
    var name = message.getFullName();
    return name.startsWith(OWN) ? name.substring(OWN.length()) : name;
  }

  private String comment(String name) {
    return comments.of(name).orElse("");
  }
}
