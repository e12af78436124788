package io.github.datasphere.emulator.saved;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.grpc.mapping.ControlMapping;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.SessionReader;
import io.github.datasphere.emulator.testing.CallCourse;
import io.github.datasphere.emulator.testing.CallCourse.Sent;
import io.github.datasphere.emulator.testing.RecordedCall;
import io.github.datasphere.emulator.testing.recording.JournalEvents.Seen;
import io.github.datasphere.proto.emulator.Exchange;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that are written as events are the same calls when they are read. */
class CallEventsTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456Z");
  private static final Message LOG =
      ReadProjectJobLogsResponse.newBuilder().setOffset(7).build();

  @Test
  void callsAreReadAsTheyWereWritten() throws Exception {
    var stream = List.of(
        new Sent(1, NOON, LOG), new Sent(2, NOON.plusSeconds(1), LOG), new Sent(900, later(), LOG));
    assertAreKept(
        call(1, "Get", GetProjectJobRequest.getDefaultInstance(), Status.OK, List.of()),
        call(2, "Get", null, Status.NOT_FOUND.withDescription("no such job"), List.of()),
        call(3, "ReadLogs", ReadProjectJobLogsRequest.getDefaultInstance(), null, stream),
        call(4, "ReadLogs", ReadProjectJobLogsRequest.getDefaultInstance(), Status.OK, stream));
  }

  @Test
  void aCallWithoutAnswerIsKept() throws Exception {
    var open = new RecordedCall(
        7,
        NOON,
        "OperationService",
        "Get",
        null,
        null,
        0,
        null,
        "client/1",
        "",
        new CallCourse(List.of(), List.of("late by 3 s", "then gone"), null, 0));

    assertAreKept(open);
  }

  @Test
  void theUrlOfAFileIsNotWritten() throws Exception {
    var moved = new Moved(true, "/files/a?signature=s3cret", "ab12", 3, 200, Duration.ZERO);
    var text = written(List.of(), List.of(new Seen(1, NOON, () -> moved)));

    assertThat(text).contains("\"event\": \"put\"", "ab12").doesNotContain("s3cret");
  }

  private static void assertAreKept(RecordedCall... calls) throws IOException {
    var shown = List.of(calls).stream().map(ControlMapping::withMessages).toList();

    assertThat(read(written(shown, List.of()))).isEqualTo(shown);
  }

  private static RecordedCall call(
      long number,
      String method,
      @Nullable Message request,
      @Nullable Status status,
      List<Sent> messages) {
    boolean isStream = !messages.isEmpty();
    var reply = isStream ? LOG : request == null ? null : Job.getDefaultInstance();
    return new RecordedCall(
        number,
        NOON,
        "ProjectJobService",
        method,
        request,
        reply,
        isStream ? 900 : reply == null ? 0 : 1,
        status,
        "client/1",
        "",
        new CallCourse(messages, List.of("a fault"), status == null ? null : later(), 0));
  }

  private static Instant later() {
    return NOON.plus(Duration.ofHours(3));
  }

  private static String written(List<Exchange> calls, List<Seen> besideThem) throws IOException {
    var text = new StringWriter();
    new CallEvents().write(calls, besideThem, text);
    return text.toString();
  }

  private static List<Exchange> read(String text) throws IOException {
    var events = new CallEvents();
    var bytes = new ByteArrayInputStream(text.getBytes(UTF_8));
    return events.read(SessionReader.of(bytes, Path.of("here"), events.api()));
  }
}
