package io.github.datasphere.proto;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label.LABEL_OPTIONAL;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label.LABEL_REPEATED;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison itself: it sees each kind of difference and names it. */
class WireFormTest {

  @Test
  void equalFilesDoNotDiffer() {
    assertThat(form(file()).differencesFrom(form(file()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void eachKindOfDifferenceIsNamed(Consumer<FileDescriptorProto.Builder> change, String name) {
    var changed = file();
    change.accept(changed);

    assertThat(form(changed).differencesFrom(form(file())))
        .isNotEmpty()
        .anySatisfy(difference -> assertThat(difference).startsWith(name + " "));
  }

  static Stream<Arguments> eachKindOfDifferenceIsNamed() {
    return Stream.of(
        change(file -> file.setName("b.proto"), "b.proto"),
        change(file -> file.setPackage("q"), "q.M"),
        change(file -> file.removeMessageType(2), "p.Unused"),
        change(file -> file.addMessageTypeBuilder().setName("More"), "p.More"),
        change(file -> message(file).removeField(0), "p.M.text"),
        change(file -> field(file).setName("words").setJsonName("text"), "p.M.words"),
        change(file -> field(file).setNumber(9), "p.M.text"),
        change(file -> field(file).setType(TYPE_INT32), "p.M.text"),
        change(file -> field(file).setLabel(LABEL_REPEATED), "p.M.text"),
        change(file -> field(file).setJsonName("TEXT"), "p.M.text"),
        change(file -> field(file).setOneofIndex(0), "p.M.text"),
        change(WireFormTest::giveTextPresence, "p.M.text"),
        change(file -> number(file).getOptionsBuilder().setPacked(false), "p.M.numbers"),
        change(file -> message(file).getOneofDeclBuilder(0).setName("other"), "p.M.choice"),
        change(file -> file.getEnumTypeBuilder(0).getValueBuilder(1).setNumber(5), "p.E.ONE"),
        change(file -> file.getEnumTypeBuilder(0).removeValue(1), "p.E.ONE"),
        change(file -> method(file).setInputType("N"), "p.S.Do"),
        change(file -> method(file).setOutputType("M"), "p.S.Do"),
        change(file -> method(file).setServerStreaming(true), "p.S.Do"),
        change(file -> method(file).setClientStreaming(true), "p.S.Do"),
        change(file -> file.getServiceBuilder(0).removeMethod(0), "p.S.Do"));
  }

  private static Arguments change(Consumer<FileDescriptorProto.Builder> change, String name) {
    return arguments(change, name);
  }

  /** proto3's {@code optional}: a oneof of its own that is not really there. */
  private static void giveTextPresence(FileDescriptorProto.Builder file) {
    message(file).addOneofDecl(OneofDescriptorProto.newBuilder().setName("_text"));
    field(file).setProto3Optional(true).setOneofIndex(1);
  }

  private static FileDescriptorProto.Builder file() {
    var message = DescriptorProto.newBuilder()
        .setName("M")
        .addOneofDecl(OneofDescriptorProto.newBuilder().setName("choice"))
        .addField(scalar("text", 1, TYPE_STRING))
        .addField(scalar("numbers", 2, TYPE_INT32).setLabel(LABEL_REPEATED))
        .addField(scalar("chosen", 3, TYPE_STRING).setOneofIndex(0));
    var values = EnumDescriptorProto.newBuilder()
        .setName("E")
        .addValue(EnumValueDescriptorProto.newBuilder().setName("ZERO").setNumber(0))
        .addValue(EnumValueDescriptorProto.newBuilder().setName("ONE").setNumber(1));
    var method =
        MethodDescriptorProto.newBuilder().setName("Do").setInputType("M").setOutputType("N");
    return FileDescriptorProto.newBuilder()
        .setName("a.proto")
        .setPackage("p")
        .setSyntax("proto3")
        .addMessageType(message)
        .addMessageType(DescriptorProto.newBuilder().setName("N"))
        .addMessageType(DescriptorProto.newBuilder().setName("Unused"))
        .addEnumType(values)
        .addService(ServiceDescriptorProto.newBuilder().setName("S").addMethod(method));
  }

  private static FieldDescriptorProto.Builder scalar(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(LABEL_OPTIONAL);
  }

  private static DescriptorProto.Builder message(FileDescriptorProto.Builder file) {
    return file.getMessageTypeBuilder(0);
  }

  private static FieldDescriptorProto.Builder field(FileDescriptorProto.Builder file) {
    return message(file).getFieldBuilder(0);
  }

  private static FieldDescriptorProto.Builder number(FileDescriptorProto.Builder file) {
    return message(file).getFieldBuilder(1);
  }

  private static MethodDescriptorProto.Builder method(FileDescriptorProto.Builder file) {
    return file.getServiceBuilder(0).getMethodBuilder(0);
  }

  private static WireForm form(FileDescriptorProto.Builder file) {
    try {
      return WireForm.of(List.of(FileDescriptor.buildFrom(file.build(), new FileDescriptor[0])));
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }
}
