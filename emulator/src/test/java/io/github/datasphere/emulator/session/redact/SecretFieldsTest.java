package io.github.datasphere.emulator.session.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FieldDescriptor.Type;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.github.datasphere.proto.datasphere.ProjectServiceOuterClass;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceOuterClass;
import io.github.datasphere.proto.iam.IamTokenServiceOuterClass;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.PipOptions;
import io.github.datasphere.proto.jobs.ProjectJobServiceOuterClass;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceOuterClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret is planted in each field that can hold one, and must not come through. */
class SecretFieldsTest {
  private static final String PLANTED = "pl4nted";
  private static final String VALUE = "https://user:" + PLANTED + "@index.example/simple";
  private static final List<FileDescriptor> API = List.of(
      ProjectJobServiceOuterClass.getDescriptor(),
      OperationServiceOuterClass.getDescriptor(),
      ProjectServiceOuterClass.getDescriptor(),
      IamTokenServiceOuterClass.getDescriptor(),
      ApiEndpointServiceOuterClass.getDescriptor());

  /** Names that sound secret, and are none. */
  private static final Set<String> NO_SECRETS = Set.of(
      "page_token", "next_page_token", "image_url", "project_url", "password_ds_secret_name");

  private static final Pattern SOUNDS_SECRET =
      Pattern.compile(".*(password|secret|token|jwt|oauth|credential|private|url|signature).*");

  private final SecretFields secrets = new SecretFields();

  /** A way from a message of the API to a field that is secret. */
  record Way(Descriptor from, List<FieldDescriptor> fields) {
    Message planted() {
      return planted(from, fields);
    }

    private static Message planted(Descriptor type, List<FieldDescriptor> way) {
      var field = way.get(0);
      Object value = way.size() > 1
          ? planted(field.getMessageType(), way.subList(1, way.size()))
          : field.getType() == Type.BYTES ? ByteString.copyFromUtf8(VALUE) : VALUE;
      var message = DynamicMessage.newBuilder(type);
      return (field.isRepeated()
              ? message.addRepeatedField(field, value)
              : message.setField(field, value))
          .build();
    }

    @Override
    public String toString() {
      var path = fields.stream().map(FieldDescriptor::getName).toList();
      return from.getName() + "." + String.join(".", path);
    }
  }

  static Stream<Way> ways() {
    return messages().flatMap(type -> ways(type, type, List.of()));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aSecretInAnyFieldIsMasked(Way way) {
    var message = way.planted();

    var masked = secrets.masked(message);

    assertThat(message.toByteString().toStringUtf8()).contains(PLANTED);
    assertThat(masked.toByteString().toStringUtf8()).contains("***").doesNotContain(PLANTED);
    assertThat(masked.getDescriptorForType()).isEqualTo(way.from());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatAnOperationWrapsIsMaskedToo(Way way) {
    if (way.from().getFile().getPackage().startsWith("yandex.cloud.datasphere.v2.jobs")) {
      var wrapped = Any.newBuilder()
          .setTypeUrl("type.googleapis.com/" + way.from().getFullName())
          .setValue(way.planted().toByteString())
          .build();
      var operation = Operation.newBuilder()
          .setId("o")
          .setMetadata(wrapped)
          .setResponse(wrapped)
          .build();

      var masked = (Operation) secrets.masked(operation);

      assertThat(masked.toByteString().toStringUtf8()).doesNotContain(PLANTED);
      assertThat(masked.getResponse().getTypeUrl()).isEqualTo(wrapped.getTypeUrl());
      assertThat(masked.getResponse().getValue().toStringUtf8()).contains("***");
    }
  }

  @Test
  void theKnownSecretsAreAmongThem() {
    assertThat(ways().map(Way::toString))
        .contains(
            "CreateIamTokenRequest.yandex_passport_oauth_token",
            "CreateIamTokenRequest.jwt",
            "CreateIamTokenResponse.iam_token",
            "RevokeIamTokenRequest.iam_token",
            "CreateProjectJobRequest.job_parameters.env.docker_image_spec.password_plain_text",
            "CreateProjectJobResponse.upload_files.url",
            "DownloadProjectJobFilesResponse.download_files.url");
  }

  @Test
  void ofAPackageIndexOnlyTheLoginIsMasked() {
    var options = PipOptions.newBuilder()
        .setIndexUrl("https://user:secret@index.example/simple")
        .addExtraIndexUrls("https://open.example/simple")
        .build();

    var masked = (PipOptions) secrets.masked(options);

    assertThat(masked.getIndexUrl()).isEqualTo("https://***@index.example/simple");
    assertThat(masked.getExtraIndexUrls(0)).isEqualTo("https://open.example/simple");
  }

  /** Whoever adds a field to the protos has to say which it is. */
  @Test
  void whatSoundsSecretIsMarkedOrSaidToBeNone() {
    var forgotten = messages()
        .flatMap(type -> type.getFields().stream())
        .filter(field -> field.getType() == Type.STRING || field.getType() == Type.BYTES)
        .filter(field -> SOUNDS_SECRET.matcher(field.getName()).matches())
        .filter(field -> !field.getOptions().getDebugRedact())
        .filter(field -> !NO_SECRETS.contains(field.getName()))
        .map(FieldDescriptor::getFullName);

    assertThat(forgotten).isEmpty();
  }

  @Test
  void whatHoldsNoSecretIsLeftAsItIs() {
    var request = GetProjectJobRequest.newBuilder().setJobId("j").build();
    var operation =
        Operation.newBuilder().setId("o").setMetadata(Any.pack(request)).build();

    assertThat(secrets.masked(request)).isSameAs(request);
    assertThat(secrets.masked(operation)).isSameAs(operation);
  }

  private static Stream<Way> ways(Descriptor from, Descriptor at, List<FieldDescriptor> before) {
    return at.getFields().stream().flatMap(field -> {
      var fields = new ArrayList<>(before);
      fields.add(field);
      if (field.getOptions().getDebugRedact()) {
        return Stream.of(new Way(from, fields));
      }
      var inner = field.getJavaType() == JavaType.MESSAGE ? field.getMessageType() : null;
      return inner == null
              || before.stream()
                  .anyMatch(past ->
                      past.getJavaType() == JavaType.MESSAGE && past.getMessageType() == inner)
          ? Stream.of()
          : ways(from, inner, fields);
    });
  }

  /** All messages of the files that the API's services import. */
  private static Stream<Descriptor> messages() {
    var types = new LinkedHashSet<Descriptor>();
    var seen = new HashSet<FileDescriptor>();
    API.forEach(file -> add(file, types, seen));
    return types.stream();
  }

  private static void add(FileDescriptor file, Set<Descriptor> types, Set<FileDescriptor> seen) {
    if (seen.add(file) && file.getPackage().startsWith("yandex.")) {
      file.getMessageTypes().forEach(type -> add(type, types));
      file.getDependencies().forEach(imported -> add(imported, types, seen));
    }
  }

  private static void add(Descriptor type, Set<Descriptor> types) {
    types.add(type);
    type.getNestedTypes().forEach(nested -> add(nested, types));
  }
}
