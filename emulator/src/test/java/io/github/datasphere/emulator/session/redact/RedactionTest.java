package io.github.datasphere.emulator.session.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Event.Ran;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.Event.Started;
import io.github.datasphere.emulator.session.Header;
import io.github.datasphere.emulator.session.SessionReader;
import io.github.datasphere.emulator.session.TimedEvent;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.Environment;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsResponse;
import io.github.datasphere.proto.jobs.StdLog;
import io.github.datasphere.proto.jobs.StorageFile;
import io.github.datasphere.proto.operation.Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret is planted wherever a session can hold one; no byte of the folder may have it. */
class RedactionTest {
  private static final String SECRET = "t1.9euelZrLyom/J7+pl4nted-S3cret+Value_0123456789abcd";
  private static final String CREATE = "yandex.cloud.datasphere.v2.jobs.ProjectJobService/Create";
  private static final String STD_LOGS =
      "yandex.cloud.datasphere.v2.jobs.ProjectJobService/ReadStdLogs";
  private static final String GET = "yandex.cloud.operation.OperationService/Get";

  private final Api api = new Api();
  private final List<TimedEvent> events = new ArrayList<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private List<Pattern> patterns = List.of();

  @TempDir
  Path folder;

  @BeforeEach
  void tellsTheSecret() {
    add(new Started(
        1, CREATE, "datasphere.api.cloud.yandex.net", header("authorization", "Bearer " + SECRET)));
  }

  @Test
  void aTokenOfTheHeaderIsHidden() throws Exception {
    assertThat(written()).contains("\"authorization\": [\"Bearer ***token-1***\"]");
  }

  @Test
  void noFieldOfAnyMessageLetsItThrough() throws Exception {
    long call = 2;
    for (var known : api.calls()) {
      add(new Started(call, known.name(), "", new TreeMap<>()));
      add(new Requested(call, Content.of(planted(known.request().newBuilderForType(), 3))));
      add(new Replied(call, Content.of(planted(known.reply().newBuilderForType(), 3))));
      call++;
    }
    assertThat(written()).contains("***token-1***").doesNotContain("pl4nted");
  }

  @Test
  void whatAnOperationWrapsIsHidden() throws Exception {
    add(new Started(2, GET, "", new TreeMap<>()));
    for (var type : api.types()) {
      var inner = planted(DynamicMessage.newBuilder(type), 3);
      add(new Replied(
          2, Content.of(Operation.newBuilder().setResponse(Any.pack(inner)).build())));
    }
    add(new Replied(
        2,
        Content.of(Operation.newBuilder()
            .setResponse(Any.newBuilder()
                .setTypeUrl("type.example/never.Heard")
                .setValue(ByteString.copyFromUtf8(SECRET)))
            .build())));
    assertThat(written()).doesNotContain("pl4nted");
  }

  @Test
  void aUrlALogLineAnErrorAndTheCommandLineAreHidden() throws Exception {
    add(new Moved(
        true, "https://bucket.example/x?token=" + SECRET, "0".repeat(64), 1, 200, Duration.ZERO));
    add(new Ran(List.of("datasphere", "-t", SECRET)));
    log("the token is " + SECRET + "\n");
    add(new Ended(1, "INTERNAL", "bad " + SECRET, "service", header("x-debug", SECRET)));
    assertThat(written()).doesNotContain("pl4nted").contains("INTERNAL");
  }

  @Test
  void aSecretThatIsCutIntoMessagesHasItsOnePlaceholder() throws Exception {
    for (int cut = 1; cut < SECRET.length(); cut++) {
      events.subList(1, events.size()).clear();
      log("a " + SECRET.substring(0, cut), SECRET.substring(cut) + " b\n");

      assertThat(shownLog()).as("cut at %d", cut).isEqualTo("a ***token-1*** b\n");
    }
  }

  @Test
  void aSecretInSinglePiecesIsFound() throws Exception {
    log(SECRET.chars().mapToObj(c -> String.valueOf((char) c)).toArray(String[]::new));
    assertThat(shownLog()).isEqualTo("***token-1***");
  }

  @Test
  void logsOfOneJobThatAreMixedAreReadApart() throws Exception {
    add(new Started(2, STD_LOGS, "", new TreeMap<>()));
    record(StdLog.Type.OUT, SECRET.substring(0, 20));
    record(StdLog.Type.ERR, "between\n");
    record(StdLog.Type.OUT, SECRET.substring(20));
    assertThat(written()).doesNotContain("pl4nted");
    assertThat(shownLog()).isEqualTo("***token-1***between\n");
  }

  @Test
  void base64AndGzipHideNothing() throws Exception {
    log("0" + base64(("x" + SECRET).getBytes(UTF_8)) + "\n");
    log(base64(("xy" + SECRET + "z").getBytes(UTF_8)) + "\n");
    log(base64(gzip(SECRET)) + "\n");
    add(new Ended(1, "OK", base64(SECRET.getBytes(UTF_8)), "service", new TreeMap<>()));
    add(new Started(3, STD_LOGS, "", new TreeMap<>()));
    add(new Replied(
        3,
        Content.of(ReadProjectJobStdLogsResponse.newBuilder()
            .addLogs(StdLog.newBuilder().setContent(ByteString.copyFrom(gzip(SECRET))))
            .build())));
    var text = written();
    assertThat(text).doesNotContain("pl4nted").doesNotContain("H4sI");
    assertThat(shownLog()).doesNotContain("H4sI");
  }

  @Test
  void unknownFieldsAndUnknownCallsAreHidden() throws Exception {
    var unknown = UnknownFieldSet.newBuilder()
        .addField(
            99,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(SECRET))
                .build())
        .build();
    add(new Requested(
        1,
        Content.of(
            CreateProjectJobRequest.newBuilder().setUnknownFields(unknown).build())));
    add(new Started(2, "yandex.cloud.New/Call", "", new TreeMap<>()));
    add(new Requested(2, Content.of(unknown.toByteString())));
    assertThat(written()).doesNotContain("pl4nted").contains("@unknown");
  }

  @Test
  void aFileWithASecretIsNotKept() throws Exception {
    files.put("a".repeat(64), ("token " + SECRET).getBytes(UTF_8));
    files.put("b".repeat(64), gzip(SECRET));
    files.put("c".repeat(64), "harmless".getBytes(UTF_8));
    assertThat(written()).contains("The content of file " + "b".repeat(64) + " is not kept");
    assertThat(folder.resolve("out/files")).isDirectoryContaining("glob:**ccc");
    assertThat(folder.resolve("out/files/" + "a".repeat(64))).doesNotExist();
  }

  @Test
  void identitiesBecomeOthersOfTheSameShape() throws Exception {
    add(new Requested(
        1,
        Content.of(CreateProjectJobRequest.newBuilder()
            .setProjectId("bt1abcdefgh123456789")
            .setName("of bt1abcdefgh123456789")
            .build())));
    var request = (CreateProjectJobRequest) firstRequest();

    assertThat(request.getProjectId())
        .matches("bt1[a-z]{8}\\d{9}")
        .isNotEqualTo("bt1abcdefgh123456789");
    assertThat(request.getName()).isEqualTo("of " + request.getProjectId());
  }

  @Test
  void aVariableWithASecretNameIsHidden() throws Exception {
    add(new Requested(
        1,
        Content.of(CreateProjectJobRequest.newBuilder()
            .setJobParameters(JobParameters.newBuilder()
                .setCmd("echo hunter2hunter2")
                .setEnv(Environment.newBuilder().putVars("DB_PASSWORD", "hunter2hunter2")))
            .build())));
    assertThat(written()).doesNotContain("hunter2").contains("echo ***variable-1***");
  }

  @Test
  void aPatternOfTheUserIsHidden() throws Exception {
    patterns = List.of(Pattern.compile("customer-(\\d+)"));
    log("for customer-4711 and 4711\n");
    assertThat(shownLog()).isEqualTo("for customer-***redacted-1*** and ***redacted-1***\n");
  }

  @Test
  void theUrlOfAFileIsTheSameInAnswerAndTransfer() throws Exception {
    var url = "https://acme-bucket.storage.yandexcloud.net/jobs/abcdefgh12345/file.zip"
        + "?X-Amz-Expires=60&X-Amz-Signature=" + "f".repeat(64);
    add(new Replied(
        1,
        Content.of(Operation.newBuilder()
            .setResponse(Any.pack(CreateProjectJobResponse.newBuilder()
                .addUploadFiles(StorageFile.newBuilder().setUrl(url))
                .build()))
            .build())));
    add(new Moved(true, url, "0".repeat(64), 1, 200, Duration.ZERO));
    var text = written();
    var urls = Pattern.compile("https://[^\"]+")
        .matcher(text)
        .results()
        .map(r -> r.group())
        .toList();

    assertThat(urls).hasSize(2);
    assertThat(urls.get(0))
        .isEqualTo(urls.get(1))
        .matches(
            "https://storage-1\\.example/jobs/[a-z]{8}\\d{5}/[a-z]{4}\\.[a-z]{3}\\?X-Amz-Expires=60"
                + "&X-Amz-Signature=\\*\\*\\*url-signature-1\\*\\*\\*|.*storage-1.example/jobs/.*file.zip.*");
    assertThat(text).doesNotContain("acme-bucket").doesNotContain("ffff");
  }

  private Message firstRequest() throws IOException {
    write();
    try (var reader = SessionReader.open(folder.resolve("out"), api)) {
      for (var event = reader.next(); event != null; event = reader.next()) {
        if (event.event() instanceof Requested request) {
          return Objects.requireNonNull(request.content().message());
        }
      }
    }
    throw new AssertionError("no request");
  }

  private String shownLog() throws IOException {
    write();
    var log = new StringBuilder();
    try (var reader = SessionReader.open(folder.resolve("out"), api)) {
      for (var event = reader.next(); event != null; event = reader.next()) {
        if (event.event() instanceof Replied reply
            && reply.content().message() instanceof ReadProjectJobStdLogsResponse logs) {
          logs.getLogsList().forEach(record -> log.append(record.getContent().toStringUtf8()));
        }
      }
    }
    return log.toString();
  }

  private Message planted(Message.Builder builder, int depth) {
    for (var field : builder.getDescriptorForType().getFields()) {
      if (field.getJavaType() == JavaType.STRING) {
        set(builder, field, SECRET);
      } else if (field.getJavaType() == JavaType.BYTE_STRING) {
        if (!isAny(builder.getDescriptorForType())) {
          set(builder, field, ByteString.copyFromUtf8(SECRET));
        }
      } else if (field.getJavaType() == JavaType.MESSAGE && depth > 0) {
        set(builder, field, planted(builder.newBuilderForField(field), depth - 1));
      }
    }
    return builder.build();
  }

  private static boolean isAny(Descriptor type) {
    return type.getFullName().equals("google.protobuf.Any");
  }

  private static void set(
      Message.Builder builder,
      com.google.protobuf.Descriptors.FieldDescriptor field,
      Object value) {
    if (isAny(builder.getDescriptorForType())) {
      return;
    }
    if (field.isRepeated()) {
      builder.addRepeatedField(field, value);
    } else {
      builder.setField(field, value);
    }
  }

  private void log(String... pieces) {
    long call = 100 + events.size();
    add(new Started(call, STD_LOGS, "", new TreeMap<>()));
    for (var piece : pieces) {
      add(new Replied(
          call,
          Content.of(ReadProjectJobStdLogsResponse.newBuilder()
              .addLogs(StdLog.newBuilder()
                  .setContent(ByteString.copyFromUtf8(piece))
                  .setType(StdLog.Type.OUT))
              .build())));
    }
  }

  private void record(StdLog.Type type, String text) {
    add(new Replied(
        2,
        Content.of(ReadProjectJobStdLogsResponse.newBuilder()
            .addLogs(
                StdLog.newBuilder().setContent(ByteString.copyFromUtf8(text)).setType(type))
            .build())));
  }

  private void add(Event event) {
    events.add(new TimedEvent(Duration.ofMillis(events.size()), event));
  }

  private static TreeMap<String, List<String>> header(String name, String value) {
    return new TreeMap<>(Map.of(name, List.of(value)));
  }

  private String written() throws IOException {
    write();
    return Files.readString(folder.resolve("out/session.jsonl"));
  }

  private void write() throws IOException {
    RecordingFolder.write(
        folder.resolve("out"),
        new Header(Instant.EPOCH, "test", Header.SERVICE, List.of(), List.of()),
        new Seen(),
        new Options(patterns, List.of(), Map.of(), false, new Random(1)),
        api);
    try (var all = Files.walk(folder.resolve("out"))) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain("pl4nted");
      }
    }
  }

  private final class Seen implements EventSource {
    @Override
    public void forEach(Taker taker) throws IOException {
      for (var event : events) {
        taker.take(event);
      }
    }

    @Override
    public Set<String> files() {
      return files.keySet();
    }

    @Override
    public Optional<InputStream> file(String sha256) {
      return Optional.of(new ByteArrayInputStream(files.get(sha256)));
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
